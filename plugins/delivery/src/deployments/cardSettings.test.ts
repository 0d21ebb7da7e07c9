import {
  deploymentOf,
  promotionOf,
  responseOf,
} from '../../dev/fixtures/deployments';
import { withSettings, type DeploymentsCardSettings } from './cardSettings';

const HOST = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const API = `${HOST}/shop/api`;
const PROXY = 'quay.io/envoy/envoy';

const running = (...repositories: string[]) => ({
  images: repositories.map(repository => ({
    repository,
    running: [{ tag: '1.0.0' }],
  })),
});

const RESPONSE = responseOf({
  dev: [deploymentOf('api-dev', running(API, PROXY))],
  staging: [
    deploymentOf('api-staging', running(API)),
    deploymentOf('proxy-staging', running(PROXY)),
  ],
  prod: [deploymentOf('proxy-prod', running(PROXY))],
  next: [deploymentOf('api-next', { images: [] })],
});

/** `environment: application repository …` */
function shown(settings: DeploymentsCardSettings) {
  return withSettings(RESPONSE, settings).environments.map(
    ({ environment, deployments }) =>
      `${environment}: ${deployments
        .map(({ application, images }) =>
          [application.name, ...images.map(each => each.repository)].join(' '),
        )
        .join(', ')}`,
  );
}

describe('withSettings', () => {
  it.each<[string, DeploymentsCardSettings, string[]]>([
    [
      'everything by default',
      {},
      [
        `dev: api-dev ${API} ${PROXY}`,
        `staging: api-staging ${API}, proxy-staging ${PROXY}`,
        `prod: proxy-prod ${PROXY}`,
        'next: api-next',
      ],
    ],
    [
      'some environments, in the order of the settings',
      { environments: ['prod', 'dev', 'qa'] },
      [`prod: proxy-prod ${PROXY}`, `dev: api-dev ${API} ${PROXY}`],
    ],
    [
      'some repositories, without the host',
      { repositories: ['shop/*'] },
      [`dev: api-dev ${API}`, `staging: api-staging ${API}`, 'next: api-next'],
    ],
    [
      'a repository with the host',
      { repositories: [API] },
      [`dev: api-dev ${API}`, `staging: api-staging ${API}`, 'next: api-next'],
    ],
    [
      'no repository of which a pattern matches only a part',
      { repositories: ['*', 'shop', 'shop/ap', '.*'] },
      ['next: api-next'],
    ],
    ['both', { environments: ['prod'], repositories: ['shop/*'] }, []],
  ])('shows %s', (_, settings, expected) => {
    expect(shown(settings)).toEqual(expected);
  });

  it('leaves out a promotion of an image that does not count', () => {
    const promotion = { ...promotionOf('api-dev'), repository: PROXY };
    const response = responseOf({
      dev: [deploymentOf('api-dev', { ...running(API, PROXY), promotion })],
    });
    const promotionIn = (settings: DeploymentsCardSettings) =>
      withSettings(response, settings).environments[0].deployments[0].promotion;
    expect(promotionIn({})).toBe(promotion);
    expect(promotionIn({ repositories: ['envoy/*'] })).toBe(promotion);
    expect(promotionIn({ repositories: ['shop/api'] })).toBeUndefined();
  });
});
