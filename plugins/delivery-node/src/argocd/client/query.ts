/** Parameters of a query; those that are undefined are left out. */
export type Query = Record<
  string,
  string | number | boolean | string[] | undefined
>;

/** With the question mark; empty where there are no parameters. */
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
