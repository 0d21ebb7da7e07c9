import { isLabel, isSubdomain } from '@landfall/backstage-plugin-delivery-node';
import { z } from 'zod';

// Only the identity of the application is used, whatever else a template
// contains. The application itself is read from Argo CD.
const notificationSchema = z.object({
  app: name('{{.app.metadata.name}}', isSubdomain),
  namespace: name('{{.app.metadata.namespace}}', isLabel),
});

function name(template: string, isValid: (text: string) => boolean) {
  const error = `it must be ${template}`;
  return z.string({ error }).refine(isValid, { error });
}

/**
 * Which application a notification is about, or why that can't be determined, as
 * a sentence for the author of the template.
 *
 * @internal
 */
export function parseNotification(
  body: Buffer,
): { application: { name: string; namespace: string } } | { refused: string } {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    return {
      refused: `the body isn't JSON. The template must send {"app": "{{.app.metadata.name}}", "namespace": "{{.app.metadata.namespace}}"}`,
    };
  }
  const parsed = notificationSchema.safeParse(json);
  if (!parsed.success) {
    return {
      refused: `the body must have "app" and "namespace": ${z.prettifyError(
        parsed.error,
      )}`,
    };
  }
  const { app, namespace } = parsed.data;
  return { application: { name: app, namespace } };
}
