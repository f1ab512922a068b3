// A worker for the pool's tests: collects the hits of each object as text.
import { servePacks } from '../../../src/git/pack/worker.ts'

servePacks((setup: string | undefined) => () => {
  let lines: string[] = []
  return {
    visit({ id, hits }) {
      if (setup === 'fail') throw new Error('the visitor failed')
      lines.push(
        `${id} ${Array.from({ length: hits.length }, (_, i) => `${hits.offsets[i]}:${hits.keywords[i]}`).join(' ')}`,
      )
      return false
    },
    take() {
      const taken = lines
      lines = []
      return taken
    },
  }
})
