// A stand-in for OpenAI's API, for the tour and for tests: an account in memory, a server, trouble on demand.
export { createAccount, type DemoAccount, type DemoKey, type DemoProject, unixNow } from './account.ts'
export { addEvent, keyActor, sessionActor } from './events.ts'
export { FAULT_KINDS, type Fault, type FaultKind } from './faults.ts'
export { addKey, addProject, addServiceAccount, addUser, demoKeyValue, redactedValue } from './make.ts'
export { type DemoCommit, type DemoFiles, demoFiles } from './project.ts'
export { type SeededAccount, seedAccount } from './seed.ts'
export { type DemoOptions, type DemoServer, type SeenRequest, startDemoServer } from './server.ts'
export { TROUBLES, type TroubleName } from './troubles.ts'
