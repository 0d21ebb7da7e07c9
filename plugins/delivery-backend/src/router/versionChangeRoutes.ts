import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { VersionChangeService } from '../service/versionChanges/types';
import { auditRecords } from './actionGuard';
import type { ValidatedRouter } from './applicationRoutes';
import { parseIdempotencyKey } from './parseAction';
import { parseVersionChange } from './parseVersionChange';

/**
 * Changes of versions in configuration repositories.
 *
 * @internal
 */
export function addVersionChangeRoutes(
  router: ValidatedRouter,
  options: { httpAuth: HttpAuthService; service: VersionChangeService },
): void {
  const { httpAuth, service } = options;

  router.post('/v1/version-changes/preview', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const preview = await service.preview(parseVersionChange(req.body), {
      credentials,
    });
    await auditRecords(res, []);
    res.json(preview);
  });

  router.post('/v1/version-changes', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const idempotencyKey = parseIdempotencyKey(req.get('Idempotency-Key'));
    const answer = await service.start(parseVersionChange(req.body), {
      credentials,
      idempotencyKey,
    });
    await auditRecords(res, answer.items);
    res.json(answer);
  });
}
