// The engine's public face.
export { createEngine, type Engine, type EngineResult } from './engine.ts'
export { createPrefilter, HitBuffer, type Prefilter } from './prefilter.ts'
