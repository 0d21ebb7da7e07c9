import { z } from 'zod';
import { readRecordingJson } from '@landfall/testing-kit';
import { decodeImageUpdater, managedImageUpdatersSchema } from './imageUpdater';

describe('decodeImageUpdater', () => {
  it('reads every resource of a recorded list', () => {
    const { items } = z
      .object({ body: z.object({ items: z.array(z.unknown()) }) })
      .parse(readRecordingJson('updater/cr-list.json')).body;
    const decoded = items.map(decodeImageUpdater);
    expect(decoded).toHaveLength(items.length);
    expect(decoded).not.toContain(undefined);
    expect(decoded.find(updater => updater?.name === 'api-dev')).toEqual({
      namespace: 'argocd',
      name: 'api-dev',
      spec: {
        applicationRefs: [
          expect.objectContaining({
            namePattern: 'api-dev',
            useAnnotations: true,
          }),
        ],
      },
      lastCheckedAt: expect.stringMatching(/^2026-11-23T04:12:13/),
      updates: [
        {
          repository: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api',
          version: '1.0.2',
          at: '2026-11-23T04:10:26.000Z',
        },
      ],
    });
  });

  it('reads the error from a recorded status', () => {
    const { steps } = z
      .object({
        steps: z.array(
          z.object({ kind: z.string(), status: z.unknown().optional() }),
        ),
      })
      .parse(readRecordingJson('promotions/git-secret-over-plain-http.json'));
    const status = steps.find(({ kind }) => kind === 'cr-status')?.status;
    expect(
      decodeImageUpdater({
        metadata: { name: 'edge', namespace: 'argocd' },
        spec: {},
        status,
      })?.error,
    ).toBe('1 error(s) occurred during image update checks.');
  });
});

describe('managedImageUpdatersSchema', () => {
  const resource = {
    metadata: { name: 'api', namespace: 'argocd' },
    spec: { applicationRefs: null },
  };

  it('reads live states, and skips resources that are missing or of another kind', () => {
    const answer = {
      items: [
        { liveState: JSON.stringify(resource) },
        { liveState: 'null' },
        { liveState: '{"metadata":{}}' },
        { liveState: 'no JSON' },
        {},
      ],
    };
    expect(managedImageUpdatersSchema.parse(answer)).toEqual([
      { namespace: 'argocd', name: 'api', spec: { applicationRefs: null } },
    ]);
    expect(managedImageUpdatersSchema.parse({ items: null })).toEqual([]);
  });
});
