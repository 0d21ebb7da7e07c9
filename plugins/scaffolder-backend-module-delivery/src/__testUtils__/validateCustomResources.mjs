// Reads [{name, manifest}] as JSON, and prints what the schemas of the custom
// resources find in each. Their packages are ES modules, which Jest can't load.
import { Rollout } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1';
import { ExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1';
import { HTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1';
import {
  ScaledObject,
  TriggerAuthentication,
} from '@kubernetes-models/keda/keda.sh/v1alpha1';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { text } from 'node:stream/consumers';

const MODELS = [
  ExternalSecret,
  HTTPRoute,
  Rollout,
  ScaledObject,
  ServiceMonitor,
  TriggerAuthentication,
];

const input = JSON.parse(await text(process.stdin));
const errors = input.flatMap(({ name, manifest }) => {
  const Model = MODELS.find(
    ({ apiVersion, kind }) =>
      apiVersion === manifest.apiVersion && kind === manifest.kind,
  );
  if (!Model) {
    return [
      { name, error: `no schema for ${manifest.apiVersion} ${manifest.kind}` },
    ];
  }
  try {
    new Model(manifest).validate();
    return [];
  } catch (error) {
    return [{ name, error: String(error) }];
  }
});
process.stdout.write(JSON.stringify(errors));
