// The registry's types and its conversion to JSON Schema are those of version 3.
import { z } from 'zod/v3';

/** The parts of inputs and outputs that several actions share. */

/** @internal */
export const entityInput = z
  .string()
  .min(1)
  .max(512)
  .describe(
    'Ref of the catalog entity, such as `component:default/api`; `api` alone is a component in the default namespace.',
  );

/** @internal */
export const environmentInput = z
  .string()
  .min(1)
  .max(255)
  .optional()
  .describe('Only this environment, such as `prod`.');

/** @internal */
export const repositoryInput = z
  .string()
  .min(1)
  .max(512)
  .describe(
    'Image repository without a tag, such as `registry.example.com/shop/api`.',
  );

/** @internal */
export const tagInput = z
  .string()
  .regex(
    /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/,
    'An image tag has at most 128 letters, digits, underscores, dots and hyphens',
  )
  .describe('Image tag, such as `1.4.3`.');

/** @internal */
export const summaryOutput = z
  .array(z.string())
  .describe('The answer in sentences.');

/** @internal */
export const applicationOutput = z
  .object({
    instance: z.string().describe('Name of the Argo CD instance.'),
    namespace: z.string().describe('Namespace of the Application resource.'),
    name: z.string(),
  })
  .describe('The Argo CD application.');

/** @internal */
export const versionOutput = z.object({
  tag: z.string().optional(),
  digest: z.string().optional(),
});

/** @internal */
export const reasonOutput = z
  .object({
    code: z
      .string()
      .describe('Stays the same between releases, unlike the sentence.'),
    message: z.string(),
  })
  .describe('A sentence with the code that it is for.');

/** @internal */
export const waitingOutput = reasonOutput
  .extend({
    since: z.string().optional().describe('Since when; ISO 8601, UTC.'),
    note: z.string().optional(),
    advice: z.string().optional().describe('What to do.'),
  })
  .describe('What the version waits for.');
