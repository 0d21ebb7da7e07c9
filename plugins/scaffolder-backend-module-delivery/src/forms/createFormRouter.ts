import type {
  BackstageCredentials,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  taskCreatePermission,
  templateDryRunPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import express, { type Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { ServiceCheck, SourceHost } from '../service';
import { checkName } from './checkName';
import type { TemplatePreview } from './TemplatePreview';

/** @internal */
export interface FormRouterOptions {
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  check: Pick<ServiceCheck, 'checkDraft'>;
  preview: Pick<TemplatePreview, 'preview'>;
  /** Names, in their configured order. */
  environments: readonly string[];
  /** Where source repositories are published. */
  sourceHost: SourceHost;
}

// Longer than any name or ref that passes the checks.
const text = z.string().max(500);

const checkSchema = z.strictObject({
  name: text,
  system: text.optional(),
  owner: text.optional(),
  environments: z.array(text).max(50).default([]),
});

const previewSchema = z.strictObject({
  templateRef: text,
  values: z.record(z.string(), z.json()),
});

/**
 * What form fields read while somebody fills in a form. Nothing is changed. Every
 * route needs the permission to create tasks, since a task would reveal as much.
 *
 * @internal
 */
export function createFormRouter(options: FormRouterOptions): express.Router {
  const { httpAuth, permissions, check, preview } = options;
  const { environments, sourceHost } = options;

  const authorize = async (
    request: Request,
    ...needed: BasicPermission[]
  ): Promise<BackstageCredentials> => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const decisions = await permissions.authorize(
      needed.map(permission => ({ permission })),
      { credentials },
    );
    const denied = needed.find(
      (_, index) => decisions[index].result !== AuthorizeResult.ALLOW,
    );
    if (denied) {
      throw new NotAllowedError(
        `This needs the permission ${denied.name}. Ask an administrator of the portal for it.`,
      );
    }
    return credentials;
  };

  const router = Router();
  const json = express.json({ limit: '512kb' });

  router.get('/delivery/environments', async (request, response) => {
    await authorize(request, taskCreatePermission);
    response.json({ items: environments.map(name => ({ name })) });
  });

  router.post('/delivery/service-check', json, async (request, response) => {
    const credentials = await authorize(request, taskCreatePermission);
    const draft = parse(checkSchema, request.body);
    response.json(
      await checkName(check, { ...draft, sourceHost }, credentials),
    );
  });

  router.post('/delivery/preview', json, async (request, response) => {
    const credentials = await authorize(
      request,
      taskCreatePermission,
      templateDryRunPermission,
    );
    response.json(
      await preview.preview(parse(previewSchema, request.body), credentials),
    );
  });

  return router;
}

function parse<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const result = schema.safeParse(body);
  if (!result.success) {
    throw new InputError(`Invalid request: ${z.prettifyError(result.error)}`);
  }
  return result.data;
}
