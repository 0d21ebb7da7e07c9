import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { readFile, writeFile } from 'node:fs/promises';
import { normalizeEntityRef } from '../access';
import { annotate } from '../catalog';
import { examples } from './catalogAnnotate.examples';

/**
 * The action `delivery:catalog:annotate`: adds annotations to an entity in a catalog
 * file of the workspace. Comments and the other entities of the file stay.
 *
 * @public
 */
export function createCatalogAnnotateAction() {
  return createTemplateAction({
    id: 'delivery:catalog:annotate',
    description:
      'Adds annotations to an entity in a catalog file of the workspace. An annotation with another value is an error',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        path: z => z.string().describe('The file, such as catalog-info.yaml'),
        entityRef: z =>
          z
            .string()
            .describe('The entity in it, such as component:default/api'),
        annotations: z => z.record(z.string()),
      },
      output: {
        changed: z => z.boolean().describe('False: the file had all of them'),
      },
    },
    async handler(ctx) {
      const { path, annotations } = ctx.input;
      const file = resolveSafeChildPath(ctx.workspacePath, path);
      const before = await readFile(file, 'utf8').catch(cause => {
        throw new InputError(
          `${path} can't be read in the workspace. Fetch it first`,
          cause,
        );
      });
      const after = annotate(
        before,
        normalizeEntityRef(ctx.input.entityRef),
        annotations,
      );
      const changed = after !== before;
      if (changed) {
        await writeFile(file, after);
      }
      ctx.logger.info(
        changed
          ? `Added ${Object.keys(annotations).join(', ')} to ${path}`
          : `${path} has the annotations already`,
      );
      ctx.output('changed', changed);
    },
  });
}
