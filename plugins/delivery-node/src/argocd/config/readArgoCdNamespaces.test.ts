import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { readArgoCdNamespaces } from './readArgoCdNamespaces';

function read(...instances: JsonObject[]) {
  return readArgoCdNamespaces(
    mockServices.rootConfig({
      data: { argocd: { appLocatorMethods: [{ type: 'config', instances }] } },
    }),
  );
}

describe('readArgoCdNamespaces', () => {
  it('is empty without instances', () => {
    expect(readArgoCdNamespaces(mockServices.rootConfig())).toEqual(new Map());
  });

  it('defaults to argocd', () => {
    expect(
      read({ name: 'main' }, { name: 'edge', namespace: 'gitops' }),
    ).toEqual(
      new Map([
        ['main', 'argocd'],
        ['edge', 'gitops'],
      ]),
    );
  });

  it.each(['Argo', 'a/b', '*', 'a'.repeat(64)])('refuses %j', namespace => {
    expect(() => read({ name: 'main', namespace })).toThrow(
      /^argocd\.appLocatorMethods\[0\]\.instances\[0\]\.namespace: .* isn't a valid namespace name/,
    );
  });
});
