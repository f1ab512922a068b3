// The types of SARIF 2.1.0, as far as they are written here; the only file that names their package.
export type { Invocation, Location, Notification, ReportingDescriptor, Result, Run } from 'sarif'
