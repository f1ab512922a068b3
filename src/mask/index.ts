// The public face of masking: a stream with labels in place of secrets.
export { createLabels } from './labels.ts'
export { type MaskOptions, maskStream, maskText } from './stream.ts'
