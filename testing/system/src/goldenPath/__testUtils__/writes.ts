import { z } from 'zod';
import type { WriteOf } from './WriteGate';

/** A push, or a call of Gitea's API that changes something. */
export const gitWrite: WriteOf = ({ method, url = '' }) => {
  const isRead = method === 'GET' || url.endsWith('/git-upload-pack');
  return isRead ? undefined : `git ${url}`;
};

export const ecrWrite: WriteOf = ({ headers }) => {
  const [, operation = ''] = String(headers['x-amz-target']).split('.');
  return /^(Describe|Get|List|BatchGet)/.test(operation)
    ? undefined
    : `ecr ${operation}`;
};

const manifestSchema = z.object({ metadata: z.object({ name: z.string() }) });

export const argocdWrite: WriteOf = ({ method, url = '' }, body) => {
  if (method === 'GET') {
    return undefined;
  }
  const { metadata } = manifestSchema.parse(JSON.parse(body));
  const { pathname, searchParams } = new URL(url, 'http://argocd');
  const verb = searchParams.get('upsert') === 'true' ? 'update' : 'create';
  return `argocd ${pathname} ${verb} ${metadata.name}`;
};
