import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import {
  IMAGE_UPDATER_GROUP,
  IMAGE_UPDATER_KIND,
  LINT_CODES,
} from '@landfall/backstage-plugin-delivery-common';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  type AnnotationValue,
  assign,
  checkSettings,
  findingOutput,
  findingText,
  ManifestFile,
  setAnnotations,
} from '../imageUpdater';
import { examples } from './imageUpdaterConfigure.examples';

interface UpdaterInput {
  name: string;
  namespace?: string;
  spec: JsonObject;
}

/**
 * The action `delivery:image-updater:configure`: writes settings of Argo CD Image
 * Updater into a manifest in the workspace, and checks them as Image Updater 1.3
 * reads them.
 *
 * @public
 */
export function createImageUpdaterConfigureAction() {
  return createTemplateAction({
    id: 'delivery:image-updater:configure',
    description:
      'Writes settings of Argo CD Image Updater into an Application or an ImageUpdater in the workspace, and checks them',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        path: z =>
          z
            .string()
            .describe(
              'YAML file in the workspace. With annotations, it must have the Application; with imageUpdater, it is created if it is missing',
            ),
        annotations: z =>
          z
            .record(z.union([z.string(), z.number(), z.boolean(), z.null()]))
            .optional()
            .describe(
              'Settings as annotations of the Application, such as image-list, with or without the prefix; null removes one. Other annotations stay',
            ),
        application: z =>
          z
            .string()
            .optional()
            .describe(
              'Name of the Application, needed if the file has several',
            ),
        imageUpdater: z =>
          z
            .object({
              name: z.string(),
              namespace: z.string().optional(),
              spec: z.record(z.any()),
            })
            .optional()
            .describe(
              'The ImageUpdater to write instead of annotations. An existing one gets exactly this spec',
            ),
        checkWith: z =>
          z
            .array(z.string())
            .optional()
            .describe(
              'Further files in the workspace to check together, such as that of the ImageUpdater that enables the annotations',
            ),
        allowFindings: z =>
          z
            .array(z.string())
            .optional()
            .describe(
              'Codes of findings that are logged although they are errors',
            ),
      },
      output: {
        path: z => z.string(),
        changed: z => z.boolean().describe('False: the file had the settings'),
        content: z => z.string().describe('The file with the settings'),
        findings: z =>
          z
            .array(z.record(z.any()))
            .describe(
              'What should be changed: code, severity, resource, place, effect and fix of each',
            ),
      },
    },
    async handler(ctx) {
      const { path, checkWith = [], allowFindings = [] } = ctx.input;
      const unknown = allowFindings.filter(
        code => !LINT_CODES.some(rule => rule.code === code),
      );
      if (unknown.length > 0) {
        throw new InputError(
          `allowFindings has codes that no rule has: ${unknown.join(', ')}`,
        );
      }
      const inWorkspace = (child: string) =>
        resolveSafeChildPath(ctx.workspacePath, child);
      const file = ManifestFile.parse(
        path,
        await read(inWorkspace(path), path, {
          isOptional: ctx.input.imageUpdater !== undefined,
        }),
      );
      configure(file, ctx.input);

      const others = await Promise.all(
        checkWith.map(async other => ({
          path: other,
          resources: ManifestFile.parse(
            other,
            await read(inWorkspace(other), other),
          ).resources,
        })),
      );
      const findings = checkSettings([
        { path, resources: file.resources },
        ...others,
      ]);
      const errors = findings.filter(
        ({ code, severity }) =>
          severity === 'error' && !allowFindings.includes(code),
      );
      findings
        .filter(finding => !errors.includes(finding))
        .forEach(finding => ctx.logger.warn(findingText(finding)));
      if (errors.length > 0) {
        throw new InputError(
          `Image Updater can't do what the settings ask for. Correct them, or list the codes in allowFindings:\n${errors
            .map(findingText)
            .join('\n')}`,
        );
      }

      const content = file.toString();
      const changed = file.isChanged;
      if (!changed) {
        ctx.logger.info(`${path} has the settings already`);
      } else if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: would write ${path}:\n${content}`);
      } else {
        await mkdir(dirname(inWorkspace(path)), { recursive: true });
        await writeFile(inWorkspace(path), content);
        ctx.logger.info(`Wrote the settings to ${path}`);
      }
      ctx.output('path', path);
      ctx.output('changed', changed);
      ctx.output('content', content);
      ctx.output('findings', findings.map(findingOutput));
    },
  });
}

function configure(
  file: ManifestFile,
  input: {
    annotations?: Record<string, AnnotationValue>;
    application?: string;
    imageUpdater?: { name: string; namespace?: string; spec: object };
  },
): void {
  const { annotations, application, imageUpdater } = input;
  if ((annotations === undefined) === (imageUpdater === undefined)) {
    throw new InputError('Set either annotations or imageUpdater');
  }
  if (annotations) {
    const document = file.only({ kind: 'Application', name: application });
    setAnnotations(document, annotations);
  }
  if (imageUpdater) {
    // Through JSON: a manifest can't hold what only JavaScript has.
    writeUpdater(file, JSON.parse(JSON.stringify(imageUpdater)));
  }
}

function writeUpdater(
  file: ManifestFile,
  { name, namespace, spec }: UpdaterInput,
): void {
  const [document] = file.find({ kind: IMAGE_UPDATER_KIND, name, namespace });
  if (document) {
    assign(document, ['spec'], spec);
  } else {
    file.add({
      apiVersion: `${IMAGE_UPDATER_GROUP}/v1alpha1`,
      kind: IMAGE_UPDATER_KIND,
      metadata: { name, ...(namespace && { namespace }) },
      spec,
    });
  }
}

/** The text of a file; empty if it is missing and may be. */
async function read(
  file: string,
  path: string,
  { isOptional = false }: { isOptional?: boolean } = {},
): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isOptional && isError(error) && error.code === 'ENOENT') {
      return '';
    }
    throw new InputError(`${path} can't be read from the workspace`, error);
  }
}
