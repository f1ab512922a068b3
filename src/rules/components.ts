// Which nodes of a graph lie on a common cycle: Tarjan's strongly connected components, without recursion.

/** The component of each node. They are numbered from the end: arrows go to the same number or a smaller one. */
export function componentsOf(next: readonly (readonly { readonly to: number }[])[]): Int32Array {
  const component = new Int32Array(next.length).fill(-1)
  const index = new Int32Array(next.length).fill(-1)
  const lowest = new Int32Array(next.length)
  const open: number[] = []
  const path: { readonly node: number; arrow: number }[] = []
  let seen = 0
  let count = 0

  function enter(node: number): void {
    index[node] = lowest[node] = seen++
    open.push(node)
    path.push({ node, arrow: 0 })
  }

  function leave(node: number): void {
    path.pop()
    const above = path.at(-1)
    if (above) lowest[above.node] = Math.min(lowest[above.node]!, lowest[node]!)
    if (lowest[node] !== index[node]) return
    for (let member = open.pop()!; ; member = open.pop()!) {
      component[member] = count
      if (member === node) break
    }
    count++
  }

  for (let root = 0; root < next.length; root++) {
    if (index[root] === -1) enter(root)
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const arrow = next[top.node]![top.arrow++]
      if (arrow === undefined) leave(top.node)
      else if (index[arrow.to] === -1) enter(arrow.to)
      else if (component[arrow.to] === -1) lowest[top.node] = Math.min(lowest[top.node]!, index[arrow.to]!)
    }
  }
  return component
}
