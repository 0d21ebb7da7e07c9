/**
 * What a target of EventBridge gets for an event. A placeholder within a text is
 * replaced by the value, one outside of texts by its JSON.
 *
 * @param transformer - `InputTransformer` of the target
 */
export function transformed(
  transformer: {
    InputPathsMap: Record<string, string>;
    InputTemplate: string;
  },
  event: unknown,
): unknown {
  const { InputPathsMap: paths, InputTemplate: template } = transformer;
  return JSON.parse(
    template.replace(
      /"(?:[^"\\]|\\.)*"|<([^<>]+)>/g,
      (token, name: string | undefined) =>
        name === undefined
          ? token.replace(/<([^<>]+)>/g, (_, inner: string) =>
              JSON.stringify(String(valueAt(paths[inner], event))).slice(1, -1),
            )
          : JSON.stringify(valueAt(paths[name], event)),
    ),
  );
}

/** The value at a path such as `$.detail.image-tag`. */
function valueAt(path: string | undefined, event: unknown): unknown {
  if (path === undefined) {
    throw new Error('a placeholder has no path');
  }
  return path
    .split('.')
    .slice(1)
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null
          ? Object.entries(value).find(([name]) => name === key)?.[1]
          : undefined,
      event,
    );
}
