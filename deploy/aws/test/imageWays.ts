import assert from 'node:assert/strict';
import { type Manifest, withoutHelm } from './helm.ts';
import { openImage, splitCommand, withoutImage } from './image.ts';
import { platformOf } from './platform.ts';
import type { Portal } from './portal.ts';
import {
  awsEnvironment,
  type PortalAddresses,
  productionEnvironment,
} from './portalStart.ts';

interface Container {
  command: string[];
}

/** The parts of a Deployment that tests read. */
interface Deployment extends Manifest {
  spec: {
    template: {
      spec: { initContainers: Container[]; containers: Container[] };
    };
  };
}

const isDeployment = (manifest: Manifest): manifest is Deployment =>
  manifest.kind === 'Deployment';

/** The pod that the chart runs. */
export function podOfChart() {
  const deployment = platformOf('ha')
    ?.rendered.get('portal')
    ?.find(isDeployment);
  assert.ok(deployment);
  return deployment.spec.template.spec;
}

/** How the chart starts the portal; OpenID Connect is what a test can provide. */
function chartCommand() {
  const { args, configs } = splitCommand(podOfChart().containers[0].command);
  assert.deepEqual(args, ['node', 'packages/backend']);
  return configs
    .filter(file => !file.startsWith('/config/'))
    .map(file => file.replace(/^sign-in\/.+/, 'sign-in/oidc.yaml'));
}

/** The ways to start the image: as it is, and as the chart does. */
export const WAYS: {
  name: string;
  skip: string | false;
  configs: () => string[];
  environment: (
    portal: Portal,
    addresses: PortalAddresses,
  ) => Record<string, string>;
}[] = [
  {
    name: 'by its own command',
    skip: withoutImage,
    configs: () => [...openImage().configs, 'sign-in/oidc.yaml'],
    environment: (_, addresses) => productionEnvironment(addresses),
  },
  {
    name: "by the chart's command",
    skip: withoutImage || withoutHelm,
    configs: chartCommand,
    environment: awsEnvironment,
  },
];
