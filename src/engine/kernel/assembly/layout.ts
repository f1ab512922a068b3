// Where the kernel keeps its fixed tables: the first 120 KB of memory, below every data segment (--memoryBase).

/** First byte that the host may hand out. */
export const HEAP_START: usize = 122880
/** Buffers handed to the kernel must be readable and writable this many bytes past their end. */
export const SLOP: usize = 320

export const LITLEN_BITS: u32 = 10
export const OFFSET_BITS: u32 = 8
export const PRECODE_BITS: u32 = 7

export const LITLEN: usize = 1024 // 4096 entries
export const OFFSETS: usize = 17408 // 1024 entries
export const FIXED_LITLEN: usize = 21504 // 512 entries
export const FIXED_OFFSETS: usize = 23552 // 32 entries
export const PRECODE: usize = 23680 // 128 entries
export const LENS: usize = 24192 // 512 bytes: code lengths of both codes, with room for a wide write
export const SORTED: usize = 24704 // 288 u16
export const COUNTS: usize = 25344 // 16 u32
export const STARTS: usize = 25408 // 16 u32
export const LITLEN_RESULTS: usize = 25472 // 288 u32
export const OFFSET_RESULTS: usize = 26624 // 32 u32
export const PRECODE_RESULTS: usize = 26752 // 19 u32
export const PATTERNS: usize = 26880 // 16 shuffles of 16 bytes: repeats the first n bytes
export const STEPS: usize = 27136 // 16 bytes: the largest multiple of n within 16
export const PRECODE_ORDER: usize = 27152 // 19 bytes
export const BASE64: usize = 27264 // 256 bytes: 1 for a base64 character
export const CANDIDATES: usize = 28672 // u32: positions the prefilter wants to look at
export const CANDIDATES_ROOM: usize = 1024
export const FOURS: usize = 32896 // 8192 u32: the prefilter's masks of four bytes
export const THREES: usize = 65664 // 1024 u32: … of three
export const HEADS: usize = 69760 // pairs of u32, six for each candidate: entries to compare with, and where
