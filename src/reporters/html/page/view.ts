// What draws the page: the only file that names the package, beside the compiler's own import for JSX.
export { type ComponentChildren, render } from 'preact'
export { useEffect, useMemo, useRef, useState } from 'preact/hooks'
