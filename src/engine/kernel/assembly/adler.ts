// Adler-32 with SIMD, 16 bytes a step.

const MODULUS: u32 = 65521
/** Steps of 16 bytes before the 32-bit lanes could overflow (345 is the bound; a smaller one is as fast). */
const STEPS_PER_ROUND: u32 = 256

export function adler32(at: usize, length: u32): u32 {
  let low: u32 = 1
  let high: u32 = 0
  const weights = i8x16(16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
  const weightsLow = i16x8.extend_low_i8x16_u(weights)
  const weightsHigh = i16x8.extend_high_i8x16_u(weights)
  const ones = i16x8.splat(1)
  while (length >= 16) {
    let steps: u32 = length >> 4
    if (steps > STEPS_PER_ROUND) steps = STEPS_PER_ROUND
    length -= steps << 4
    high += (low * steps) << 4
    let sums = i32x4.splat(0)
    let before = i32x4.splat(0)
    let weighted = i32x4.splat(0)
    do {
      const bytes = v128.load(at)
      at += 16
      before = i32x4.add(before, sums)
      sums = i32x4.add(sums, i32x4.dot_i16x8_s(i16x8.extadd_pairwise_i8x16_u(bytes), ones))
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(bytes), weightsLow))
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(bytes), weightsHigh))
    } while (--steps)
    low = (low + sumLanes(sums)) % MODULUS
    high = <u32>((<u64>high + (<u64>sumLanes(before) << 4) + sumLanes(weighted)) % MODULUS)
  }
  for (; length; length--) {
    low += load<u8>(at++)
    high += low
  }
  return ((high % MODULUS) << 16) | (low % MODULUS)
}

// @ts-ignore: decorator
@inline
function sumLanes(v: v128): u32 {
  return i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3)
}
