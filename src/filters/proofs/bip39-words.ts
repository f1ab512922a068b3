// The 2048 English words of BIP-39, in order: each as the length it shares with the word before and its rest, deflated.
import { inflateRawSync } from 'node:zlib'

const PACKED = [
  'PVnbdsOoDv2lIH0RBtlmgsEjRFL69WdtuXPeutomxrrsG6+4xZZ7o1KLLapCfRp/hIY0464bm8ZkPDXTHBJSkjG4ZP/rbMZzCJ1FPkIl',
  'U5/DSqJ/Z1Eh7WOQcemNu7LiczPWkONtlLkk89/RP3MYXcVoVqNPbEm4JAmifSsp7Hssyl0zaSw5HLE0Em5GKhJOiTmUi5TvrkajSqhR',
  'L9rmRamfvZKoUZFGlWVx/9LVh1FvQvcZSSXmRaOTidI3rhGuaDKVf0s7qLeDZzO8dQ4t1jWM0tmVizSjQ5SrsC4qV6z0rkKtTxx+xkrd',
  'TlEaX1EyaS1y+XcK/RSxRSvcUY167ceiW+LzPf0jpKUGTSejhBK5RTqm0MWSUcBFfTaUoR3CMozLR/BKxrKjQ2UYf7u+w3jTLcloxFmN',
  '5fnLvITsvGKws4oJ9YsspjdLy1xsZmG0OcxkpTfKxehAX5qR4Z07z6uFj2g8hHqKuXPJ4Rvfwiq8SEa/hPZZ6f2NmsNPGa8tbovSKRWf',
  'b5QPoYOqNzj1trjStfVOLbbITZSUpS5Gh1ml0sAc8FuMzKoEienkxtMWpTiHMB4oO+1dhY7S6Iwf4dIyVUwj9y8btXSy7MVoGJnGxSbK',
  'X5FGq7ccSlqpCmV6C7X81xLNbCeZiYaKCmXhS7i9xXgYSXzzGITn9J55jH75Ckxh5XGGHvF5yosK3o+a8BzU3/isZlEu7WDtX8JuWL8I',
  'M0M/tILGhGeUxg3fix2UmFl+hQqOga7vfJzG7eDxpp5Sr4Xf0rj9ohyMoeNvoznOMLcNb5YXH2K077F2KjVT3fjNVYxarsJvlD1LY4zz',
  'MBpcGvZ0+fvTEqXf31eK2xYPFJerULI56BDUrFa+6BKNfFPjWDlJ5by4YeWFP3Hw6o3uuFXhYrGyYX+Vt94489H5FmNdbOj2yaV1tvqs',
  'kHGs/WA08Oj4lyo08fZD2Gf0I0FKxaZW0UUXtrKNOdimLuz287RwAkDqm68bSITl6YNvDIIe4t9GEm/GLgzhnVUXSlESKis718xXk0W9',
  'JHwUuNZKopneFWPB2kI5olJr8eqNFBNl5VcaL/qUGmosF9+sZV/8xarExvrmj6j3FUC673xt3Erim3p68+HHOnlmb+fG180DJ7aECUsn',
  'Dph6m0ZZaN9FqFRuVKskgDaWla6tNGHhvathk67e+I5tUUuixnkm473oxYdDc8NHR8GImvbKn4LB7G+udN8C+NFYWRjLmZ6Fst5oYitN',
  'F99AsSE8ClqjtLqJzzRj0Hbji5vwOJ8VrPyLSlyci7G8+ev1NmzauB0A+40lwNd/M81U8PDKZQhfmCZs9jgJrYo1zE2o2lShmzesIGnp',
  'c7CiupgCZ7QTA4CdMwlY/FeOmS5M9o2iYAlIMVDj9FEDKzRaQWKlLZqwlkEpZmG5NqxyFq4oclf/q8QhJEq7NIBXAzAeKkI1LqC10hUB',
  't0Oo4X0MwLwIdOA43Ecxb7st0oITJy2bMNpVjsZvvjHLpn2RxVIZjfhI7Tf7bJqEEg+NF1d0O4OdkpAMqQwMEKXDt7A9VH9dkVoT5T7i',
  'VEJfsYkRZ+bUP6KMV+KTrzIGSFiUb7yMAcXRZvMidE1Cv78r9GQ+fc6QgIf7LI0uLH1Did5gYaWuBMgEQn0wJLvx0RtfkSEf+OuTAZTd',
  'jWvFkt1oYL9pXrTCTO8HWv+6ZWTp5BW+UfewWrxKekl8GJq0Lm5A9FHqYuMV0tkfqOfWrxXAS1AfKZqEHdsSjiOU4wT1gQS2/qUsSpJM',
  'S+IjNsxpM75P/PiJ1pWKQTKFa4v65p4X6BTDALp0uLprhwLBeq3QHBETdFAVLy0m51qsxwKjJaHjQVyh02v9T19UC8TLPE7Skk7utdLA',
  'zGOjiroY8WmQcJfRs4R/Z6xc7qCRh1DP2E5AVFeat4WR4i004mLBIwwFMNEWK50ljfCBzEvClfpbuH4k/EBoXDdYAMc+XYsUE65QEOBB',
  'SROrkDDkZ5yQKVsxKlV4YLo6dvvGGmDacOqK9exDHjVoWASNYQlv2r+vPW5aEkFXVVuAu4KVPjFcQ+gSRlv7HNQ4YTDHIr2eXXcOYZBi',
  'gZByfdm1GMSEg8WmMyq+VGMl4QxJEqHkktCw8gENpdPh7BvKJkqPPJKa6cAXVOELgEYtVs7sEMJlnKT4Awg14QRkDFqln1Dj4Rh3svGn',
  'KwG5QWo39WjgoA59ojRLdngLPV6UQLjQEzVz7V/qUBiaHhV4iPGbbUJoXAzxRWOU6qeCXvwJGg+UH3Lp34m5HSc0cQYXUj8YvzH+Nv6V',
  'RrNYmFKpcVukLSaAGIr1OmKGlCiNavxZ/Ee6dBM0IbtAgJKooBrs/+CbTFB+mofQrwRpKDQXB+aH6DHgA18fzj4slNiMdqPjQBccj+O+',
  'YwI/kPaZMY4qjg3QZTfGenPxo4s/wl+aEno0yhkFrxnFGi6ta6RxS+VRbnS00bcFjRsnFzZYZ3HZBWyUCESmkiEAjHoSXTxvfH2zMFFk',
  '+TtDBcEotbCu1xl91pXqTtflkgqzkem+F+nWldFV/gggiz5C3zf9Qi5D6FU7WY0/C0r57IcPBtXa+RIMCPY2lJyl0YHxhza/SVG/riv0',
  'DWr7LQtTIlxyXD4sl5Crl0y3kDbWrijIuB89RiaVpqIiYW7QdVdsDHTqOLlK5sMFmma3OyAIOMawNi35VaARWsiwK1Z2sEo4WlcJtbIc',
  '4BoZ8FUOstGwsSDHCQsGMPHF7x+s95AAVnco6dd/fJrlhwuwmTuoZZgu2oG7tbjWueiMFRyJyluJlf4R96uL4ObI+S1hIO9p7kwXjQhl',
  'lB7yugFCFmuFITIWxVZ1+rjFwmMBfNpbGDW6ScC3jgmovMKn63r948qdjhmVIJghGKA+2qBaF32lhr5hcd5CU9GNFabTThK6bmoH5HFX',
  'ftOw1zu2I2rvQaRhhdI5b1qhpDdlxodb5iP3yx0EpxMqlU0afUtowJNdXER+XzVu0ExdsQ1QcO+/x02047Z+E/jJ6aNB8XDL4JBIX248',
  'ZrHHAUAB4Qt2VhdSycETawp8lZapOA9B/uJwdvKgfj9QBBjGFnykhhKVNlEDO7o2aUNohwLHqON0Gxej9qbe0Kr8yEyXCc+idGAAbb5X',
  'gNY3HSVRc+MIfYBHLZoPtn2EFsRhei86wKcE2UYtKqeTfqausLSk8bpiOoFEGd/GDSiXGYL6n65+LFj8xg5xmMSjO5G6TwEZqrP5yUdp',
  'LvugZLXggePNw6EYCkUUqu9kLT/+u59yzcuBMeb+lByjSOmMcBgZWBmpQk2YH527LmrmjyZN8HZcYKBonDzwPOz02TNwAiL5gZA3V7DW',
  'hUplxkPdI5iQxuThA/QYbA9bfAv9IHFwUO5bgYuE8N4Xkgh4rAKNByX3WJITzfrzBi7H/p3Fumunv+wHoAmSH2gJFwkznbTvYBJ4ubsu',
  'GjiHzItP7f2CXTEypEVrSN3Zu2rnq0XIYrDOGz7SfbQteiqiKKRSepNkOqIhH4EhouJpzH3KlxSq2uhJSmgaiN/pfdCPBezjcVroUKZQ',
  'MFfBRvWMHl+AyxPC1Vy9CZ/w8sWFcKVvmKni+T5j0HP26vEdNlmOSFQL5iGhxYJjuBX+wKaElKbCF5L1TTTkrmHfGfWDLJMWSg3vuELN',
  'hPdf111SuIoFCBUhNNd9yAq3NNZIpbnkhFtFbYKHRgRySifW8gkisINHbBADhtnFNJ+xhQGdewZXv9MycBfCfz7+MEAW4THh21g0/KxD',
  'WlgYhvDbm7yA64T5A5uADCEiLmo5uoNL/LTDyR1eqkHAaDe25ZiWTkQB+DV8KAQpMjjfZggLJEHCbRoCF+iFWlJsnj/Y4lQqdezk7Q/Y',
  'gfJXMXYcCmdvwtZJwSxrlBQBSq1Tgvl2WBPMAAtKWrn/gZH4gcG0jyL8/Y3BX6t5KoTPegoGtwRgn27i2yGhy8UQTUY1Knu0iSVc1Cvd',
  's4IxXFKO4kM8CkbLoMX7M/UwWYu+6JgoDLXB62E4JYMBd7QmQhO51zXIoIb4Qjy5irrYg9xiC0WAXRH+hWyqcrHL+DyT8F6M3Ts6fV4d',
  'zLfz7Wg9EACY02pmuIIwtwqEyh6/VL5di/tStnTSXSpD8aQTBcGTMYouO04y+v2tEpbGq+QXLAr+odm8WIGKMrwgyEaMf6mbvDRuPrup',
  'd5Ddm3IEtnjogW8Fy4LY0sm5XwxyK5ncGbn+/IAd6bcrkHZx9WnYpPJEJJYitArQotyQPZmfVHAmof0vUXlCvgMtUjH2xj1bHX8ek1xk',
  '5+VW9790AI7+g26jdUgj+y0IwwpstbHPD2LrJy0faXquACkAATIh8O/uYqkamRs8fG5iH9qTgIEh5EseuZ7LziuUDeEa/NJJGX4ErwBQ',
  '45IJqbbRjfUYb8dX+gC41Xl1GG0dgb6R65nLjWff+V2wv+NxiH86ge2PXDfAXfZoV6jxN3pQ9Boxe/DjvmcXdy8xewiFEMbZ5xKkRtDH',
  'Vsa+uI+zEGbRqQz7HhK0XXO74LMBPywXtGAFbOF/R9dBXT3dm0Yab4ZyKrfx3IJERqSOyffILHv//gjDpX6GiHDH4r2uAH0I+uJCGcoq',
  'wT8IrAF8oVtoc/cCI4GAEeztUUX/MiAkI7XQsu9UpGb8qYlHGOrKDFENEkHMEYbDo//r5nnQ3NGuFcrmySY0n5AcTwfBlw6Wdfl3XQWY',
  'cj+GlQ9SaeTKyCYa9QNp8cZPAswqHqWw4qIFqeTGF4ncjPn8Dy7wlIv6EdGirwfJF7ZD3cF7DNDtDA2x3huxGd6xf0OPN6WEoXdNliPU',
  'IQ6Xi+dkPL3izt24ffHrFVK3E7NinG7GvNsZ7vhYPEh5pJ8I3J/0z6vaMp2i8ndg6BC8UwELGHUAwvDrBlQXw7AY3gq1XIhDQL7yK1xU',
  'pYaHyHOZFyJYiCkdyFoxJfYfpL/BWp7gSndUwikOb+TldxKwCI/9JOSAx2JBjo9a4QrJvezM/8950d8KBP3nP27Czjz3aie5v3uiuqh8',
  'wCkWczPplpyHGKiT77pY5RIkDXv08JJvLe6mZsv8kQW7m574M3yjD+d14z0uwq0TVO4Tyx7IlalrDuvaeuUbGanOG8N0vbxIhLT7L4Tw',
  'GQQvwlAiEhhvoIFZ7/RTnouayw0qw6e1MtCJC7rrx8IZ2xuRO+5UoGef+yMoqeHZlt/s/Xe3NRGLZ9Hg6bDDjCjVPzUs1JZbYPiMKYRr',
  'oh4BYzGlTnDAuQI16BDXHAUXH29BImmdu+vHJnxMYVfK3RUe0lTfKgBHw1WXdfAttEmEWUYMB8iFKmp/NzfYnn1HPFiS5wnDifmx+5X/',
  'IgWML2Z5E2Q9B9KiC9nPfS72OHQ6PNTF1+3KAudZHm+7PiAfH78vq6TQ4A05SvhK/eBWdPleNEB5D+uG3Ij1NY+6wrWp1Br/osdvVCFo',
  'bqS8Lgc7PTetNdMZkVeUHbT37xREVQJB+27926j29CYrleZwApFSww1bRAf0HJ34CqhP3ICKBd1io0OCgzpCtn1WTz0J+t783vn1iQmz',
  'Mufld54V/kt8pZrnaXfXJ9LHFM1qQc4Ckq4fv8rq6uKNJ7wYvMrjz6AnpcLgxhaKz/GmkIzJbweQm1CWTvKlWnG8Zn6/WWEuQI+4uxsR',
  'HsuvpPC6JYeeYn0AiGqKrT+Xq+DDQ15fuETol8d4QagiqdE9eiaoBWbr5NtXxrXJc8NgJ9gemhZpPaZ1+9NX8naLrXgaLj3hX4KHHvZM',
  'lcO6ULldqAWEGnaCdJEXUmPQk/DBb1yzuvOE3oBSgkowT2g6IivIaLBBx+c0g2myZz5n0HiTJFxjujUCOuKG/LWe+EoRVH1Dn44m5+tX',
  'No0IrID2/X8=',
].join('')

let words: readonly string[] | undefined

/** The word list, unpacked on first use. */
export function bip39Words(): readonly string[] {
  words ??= unpack(inflateRawSync(Buffer.from(PACKED, 'base64')).toString('latin1'))
  return words
}

function unpack(text: string): string[] {
  const list: string[] = []
  for (const [, shared, rest] of text.matchAll(/(\d)([a-z]*)/g)) {
    list.push((list.at(-1) ?? '').slice(0, Number(shared)) + rest!)
  }
  return list
}
