// Where an object folder keeps a loose object. No `join`: a hook asks for few, and pays for what that loads.

export function loosePath(folder: string, id: string): string {
  return `${folder}/${id.slice(0, 2)}/${id.slice(2)}`
}
