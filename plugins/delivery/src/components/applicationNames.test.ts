import type { ApplicationRef } from '@landfall/backstage-plugin-delivery-common';
import { applicationNames } from './applicationNames';

/** `instance/namespace/name` */
function ref(text: string): ApplicationRef {
  const [instance, namespace, name] = text.split('/');
  return { instance, namespace, name };
}

describe('applicationNames', () => {
  it.each<[string, string[], string[]]>([
    [
      'different names',
      ['main/argocd/api', 'edge/argocd/worker'],
      ['api', 'worker'],
    ],
    [
      'one name on two instances',
      ['main/argocd/api', 'edge/argocd/api', 'edge/argocd/worker'],
      ['api (main)', 'api (edge)', 'worker'],
    ],
    [
      'one name in two namespaces',
      ['main/team-a/api', 'main/team-b/api'],
      ['api (team-a)', 'api (team-b)'],
    ],
    [
      'one name on two instances, on one of them in two namespaces',
      ['main/team-a/api', 'main/team-b/api', 'edge/argocd/api'],
      ['api (main, team-a)', 'api (main, team-b)', 'api (edge)'],
    ],
    [
      'the same application twice',
      ['main/argocd/api', 'main/argocd/api'],
      ['api', 'api'],
    ],
  ])('distinguishes %s', (_, refs, expected) => {
    const applications = refs.map(ref);
    expect(applications.map(applicationNames(applications))).toEqual(expected);
  });
});
