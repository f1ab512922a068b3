// Who reads what: a list is cut into blocks, and each is taken by one thread only.

/** Items of a list that are taken together. */
export const BLOCK = 32

/** Items for each thread beside the main one: it takes a while until its code is compiled as well as the main one's. */
export const MANY = 10_000

/** The same in every thread that holds `shared`. */
export interface Claims {
  readonly blocks: number
  readonly shared: SharedArrayBuffer
  /** True for the one thread that asks first. */
  claim(block: number): boolean
}

export function createClaims(items: number): Claims {
  return openClaims(new SharedArrayBuffer(Math.ceil(items / BLOCK) * Int32Array.BYTES_PER_ELEMENT))
}

export function openClaims(shared: SharedArrayBuffer): Claims {
  const taken = new Int32Array(shared)
  return {
    blocks: taken.length,
    shared,
    claim: (block) => Atomics.compareExchange(taken, block, 0, 1) === 0,
  }
}

export function itemsOf<Item>(items: readonly Item[], block: number): readonly Item[] {
  return items.slice(block * BLOCK, (block + 1) * BLOCK)
}
