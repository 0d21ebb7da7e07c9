import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** @internal */
export const serviceNameSchema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z =>
    z.object({
      systemField: z
        .string()
        .optional()
        .describe('Field of the form with the system; default: system'),
      ownerField: z
        .string()
        .optional()
        .describe('Field of the form with the owner; default: owner'),
      environmentsField: z
        .string()
        .optional()
        .describe(
          'Field of the form with the environments; default: environments',
        ),
    }),
});

/** @internal */
export const environmentsSchema = makeFieldSchema({
  output: z => z.array(z.string()),
  uiOptions: z =>
    z.object({
      entityField: z
        .string()
        .optional()
        .describe(
          'Field of the form with a service: offers only its environments',
        ),
    }),
});

/** @internal */
export const versionPickerSchema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z =>
    z.object({
      entityField: z
        .string()
        .optional()
        .describe('Field of the form with the service; default: entityRef'),
    }),
});

/** @internal */
export const filesPreviewSchema = makeFieldSchema({
  output: z => z.undefined(),
  uiOptions: z =>
    z.object({
      template: z
        .string()
        .describe('Entity ref of the template that the form belongs to'),
    }),
});
