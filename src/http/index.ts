// The only room that calls out: one client, its limits and its log.
export { isLoopbackHost } from './address.ts'
export { createHttp } from './client.ts'
export { systemClock } from './clock.ts'
export type {
  Clock,
  Http,
  HttpAnswer,
  HttpFailure,
  HttpLogEntry,
  HttpOptions,
  HttpOutcome,
  HttpRequest,
} from './types.ts'
