/** Query parameters; undefined ones are omitted. */
export type Query = Record<
  string,
  string | number | boolean | string[] | undefined
>;

/** Includes the question mark; empty without parameters. */
export function queryString(query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) {
      for (const one of Array.isArray(value) ? value : [value]) {
        params.append(name, String(one));
      }
    }
  }
  const text = params.toString();
  return text && `?${text}`;
}
