import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { denials } from './admission.ts';
import { configOf, PROFILES } from './deployment.ts';
import { withoutHelm } from './helm.ts';
import { platformOf } from './platform.ts';

/** An object of Argo CD's namespace, as Argo CD's controller would write it. */
function object(
  name: string,
  spec: object,
  // Argo CD writes it, so its author can't choose it.
  appliedBy: string | undefined = 'services',
) {
  return {
    metadata: {
      name,
      namespace: 'argocd',
      ...(appliedBy && {
        annotations: {
          'argocd.argoproj.io/tracking-id': `${appliedBy}:argoproj.io/Application:argocd/${name}`,
        },
      }),
    },
    spec,
  };
}

for (const profile of PROFILES) {
  describe(`what services may write: ${profile}`, { skip: withoutHelm }, () => {
    const platform = platformOf(profile);
    const [system] = configOf(profile).registry.prefixes;

    function applicationDenials(
      written: ReturnType<typeof object>,
      oldObject?: ReturnType<typeof object>,
    ) {
      assert.ok(platform);
      return denials(platform.children, {
        resource: 'applications',
        object: written,
        oldObject,
      });
    }

    function updaterDenials(namePattern: string, appliedBy?: string) {
      assert.ok(platform);
      const spec = {
        applicationRefs: [{ namePattern: 'api-dev' }, { namePattern }],
      };
      return denials(platform.children, {
        resource: 'imageupdaters',
        object: object('api-dev', spec, appliedBy),
      });
    }

    it('allows Applications of their own systems', () => {
      const own = object('api-dev', { project: system });
      assert.deepEqual(applicationDenials(own), []);
      assert.deepEqual(applicationDenials(own, own), []);
      // Made by hand or by the portal before it was committed.
      assert.deepEqual(
        applicationDenials(own, object('api-dev', { project: system }, '')),
        [],
      );
    });

    it('refuses the projects of others', () => {
      for (const project of ['platform', 'services', 'default', `${system}x`]) {
        assert.deepEqual(
          applicationDenials(object('api-dev', { project })),
          [
            `An Application from the repository of services must name the project of its system, not ${project}`,
          ],
          project,
        );
      }
    });

    it('refuses to replace an Application of the platform', () => {
      assert.ok(platform);
      const { root, applications } = platform;
      for (const { metadata, spec } of [root, ...applications]) {
        assert.deepEqual(
          applicationDenials(
            object(metadata.name, { project: system }),
            object(metadata.name, spec, 'platform'),
          ),
          [
            `The Application ${metadata.name} belongs to the platform; the repository of services must call its own differently`,
          ],
        );
      }
    });

    it('leaves alone what the platform and its team write', () => {
      const portal = object('portal', { project: 'platform' }, 'platform');
      const byHand = object('portal', { project: 'platform' }, '');
      assert.deepEqual(applicationDenials(portal, byHand), []);
      assert.deepEqual(applicationDenials(byHand), []);
      assert.deepEqual(updaterDenials('*', 'platform'), []);
    });

    it('refuses ImageUpdaters that select more than their own', () => {
      assert.ok(platform);
      const { root, applications } = platform;
      assert.deepEqual(updaterDenials('api-prod'), []);
      for (const pattern of [
        '*',
        'por?al',
        '[a-z]ortal',
        'api-*',
        '',
        ...[root, ...applications].map(({ metadata }) => metadata.name),
      ]) {
        assert.deepEqual(
          updaterDenials(pattern),
          [
            'An ImageUpdater from the repository of services must name the Applications of services, each in full',
          ],
          pattern,
        );
      }
    });
  });
}
