/**
 * A ref as people write it: without the kind, and without the default namespace.
 *
 * @internal
 */
export function shortRef(ref: string): string {
  return ref.replace(/^[^:]*:/, '').replace(/^default\//, '');
}
