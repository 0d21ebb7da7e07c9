import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';

/**
 * An application as a parameter of the page's URL: `instance/namespace/name`.
 *
 * @internal
 */
export function formatApplication({
  instance,
  namespace,
  name,
}: ApplicationRef): string {
  return [instance, namespace, name].map(encodeURIComponent).join('/');
}

/** Undefined for a text of another form. @internal */
export function parseApplication(
  text: string | undefined,
): ApplicationRef | undefined {
  try {
    const parts = (text ?? '').split('/').map(decodeURIComponent);
    const [instance, namespace, name] = parts;
    return parts.length === 3 && parts.every(Boolean)
      ? { instance, namespace, name }
      : undefined;
  } catch {
    // An incomplete escape sequence.
    return undefined;
  }
}
