import {
  type BackstageCredentials,
  resolveSafeChildPath,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
  parseLocationRef,
} from '@backstage/catalog-model';
import {
  InputError,
  isError,
  NotFoundError,
  ResponseError,
} from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  isTemplateEntityV1beta3,
  type TemplateEntityV1beta3,
} from '@backstage/plugin-scaffolder-common';
import {
  fetchContents,
  type ScaffolderService,
  serializeDirectoryContents,
} from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import { validate } from 'jsonschema';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { normalizeEntityRef } from '../access';
import { type PreviewFile, toPreviewFiles } from './previewFiles';

/** What a template would write with some values. */
export type Preview =
  /** The values aren't complete, or not valid yet. */
  | { state: 'incomplete'; problems: string[] }
  /** A step of the dry run failed with this message. */
  | { state: 'failed'; message: string }
  | {
      state: 'ready';
      files: PreviewFile[];
      /** Set if there are more files than are shown. */
      total?: number;
    };

/** @internal */
export interface TemplatePreviewOptions {
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  scaffolder: Pick<ScaffolderService, 'dryRun'>;
  reader: UrlReaderService;
  integrations: ScmIntegrations;
}

const MAX_PROBLEMS = 5;

/**
 * The files that a template would write, by the scaffolder's own dry run. A browser
 * can't ask for one by itself, since a dry run needs the template's files.
 *
 * @internal
 */
export class TemplatePreview {
  static create(options: TemplatePreviewOptions): TemplatePreview {
    return new TemplatePreview(options);
  }

  private constructor(private readonly options: TemplatePreviewOptions) {}

  /**
   * Runs the steps as the caller, who needs the scaffolder's permissions for it.
   *
   * Throws a `NotFoundError` for a template that the caller doesn't see, and an
   * `InputError` for one whose files can't be read.
   */
  async preview(
    request: { templateRef: string; values: JsonObject },
    credentials: BackstageCredentials,
  ): Promise<Preview> {
    const { values } = request;
    const templateRef = normalizeEntityRef(request.templateRef);
    const { catalog, scaffolder } = this.options;
    const template = await catalog.getEntityByRef(templateRef, { credentials });
    if (!template || !isTemplateEntityV1beta3(template)) {
      throw new NotFoundError(
        `The catalog has no template ${templateRef}, or you may not see it`,
      );
    }
    const problems = problemsOf(template, values);
    if (problems.length > 0) {
      return {
        state: 'incomplete',
        problems: problems.slice(0, MAX_PROBLEMS),
      };
    }
    const contents = await this.#contentsOf(template);
    try {
      const { directoryContents } = await scaffolder.dryRun(
        {
          template,
          values,
          secrets: {},
          directoryContents: contents,
        },
        { credentials },
      );
      return { state: 'ready', ...toPreviewFiles(directoryContents) };
    } catch (error) {
      // Most likely a check of a step, whose message says what to do.
      if (isError(error)) {
        const { message } =
          error instanceof ResponseError ? error.cause : error;
        return { state: 'failed', message };
      }
      throw error;
    }
  }

  async #contentsOf(
    template: Entity,
  ): Promise<{ path: string; base64Content: string }[]> {
    const { reader, integrations } = this.options;
    const folder = await mkdtemp(join(tmpdir(), 'template-preview-'));
    const outputPath = resolveSafeChildPath(folder, 'template');
    try {
      await fetchContents({
        reader,
        integrations,
        baseUrl: baseUrlOf(template),
        fetchUrl: '.',
        outputPath,
      });
      const files = await serializeDirectoryContents(outputPath);
      return files.map(({ path, content }) => ({
        path,
        base64Content: content.toString('base64'),
      }));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function baseUrlOf({ metadata }: Entity): string {
  const { annotations = {} } = metadata;
  const location =
    annotations[ANNOTATION_SOURCE_LOCATION] ?? annotations[ANNOTATION_LOCATION];
  const { type, target } = location
    ? parseLocationRef(location)
    : { type: '', target: '' };
  if (type === 'url') {
    return target;
  }
  if (type === 'file') {
    return `file://${target}`;
  }
  throw new InputError(
    `The files of the template ${metadata.name} can't be read: its location is neither a URL nor a file`,
  );
}

/** What the scaffolder would refuse about the values, by the same library. */
function problemsOf(
  { spec }: TemplateEntityV1beta3,
  values: JsonObject,
): string[] {
  return [spec.parameters ?? []]
    .flat()
    .flatMap(part => validate(values, part).errors)
    .map(({ property, message }) =>
      `${property.replace(/^instance\.?/, '')} ${message}`.trim(),
    );
}
