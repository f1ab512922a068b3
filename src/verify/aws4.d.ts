// The package brings no types of its own; this is what we use of it.
declare module 'aws4' {
  export function sign(
    request: { host: string; path: string; service: string; region: string; headers: Record<string, string> },
    credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
  ): { headers: Record<string, string> }
}
