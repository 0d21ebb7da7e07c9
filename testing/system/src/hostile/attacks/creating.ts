import { VICTIM } from '../Estate';
import type { Attack } from '../types';

/** Values for create-service that bypass the form. */
const VALUES: {
  name: string;
  aim: Attack['aim'];
  values: Record<string, unknown>;
  reason: RegExp;
}[] = [
  {
    name: "create a service in another team's system",
    aim: 'overwrite',
    values: { name: 'intruder', system: 'system:default/shop' },
    reason: /system:default\/shop/,
  },
  {
    name: "run the template again for another team's component",
    aim: 'overwrite',
    values: { name: VICTIM.service, system: 'system:default/shop' },
    reason: /system:default\/shop|component:default\/payments/,
  },
  {
    name: "take the name of another team's component",
    aim: 'overwrite',
    values: { name: VICTIM.service },
    reason: /component:default\/payments/,
  },
  {
    name: 'take over an Application that no component has',
    aim: 'prune',
    values: { name: VICTIM.ledger },
    reason: /folder apps\/ledger|Application ledger-prod/,
  },
  {
    name: "use Argo CD's project default",
    aim: 'overwrite',
    values: { name: 'intruder', system: 'system:default/default' },
    reason: /built into Argo CD/,
  },
  {
    name: 'create a service for another team to answer for',
    aim: 'forge',
    values: { name: 'intruder', owner: 'group:default/shop-team' },
    reason: /group:default\/shop-team/,
  },
  {
    name: 'put a second document into the catalog by the owner',
    aim: 'forge',
    values: {
      name: 'intruder',
      owner:
        'group:default/mallory-team\n---\napiVersion: backstage.io/v1alpha1\nkind: System\nmetadata:\n  name: forged\nspec:\n  owner: mallory-team',
    },
    reason: /owner|pattern/i,
  },
  {
    name: 'climb out of the folder by the name',
    aim: 'overwrite',
    values: { name: `../${VICTIM.service}` },
    reason: /name|pattern/i,
  },
  {
    name: 'climb out of the folder by an environment',
    aim: 'overwrite',
    values: { name: 'intruder', environments: [`../${VICTIM.service}/prod`] },
    reason: /environments|enum/i,
  },
  {
    name: 'set an update policy that the form does not offer',
    aim: 'overwrite',
    values: { name: 'intruder', updatePolicy: '*"\n    x: "y' },
    reason: /updatePolicy|enum/i,
  },
];

export const CREATING: Attack[] = VALUES.map(
  ({ name, aim, values, reason }) => ({
    name,
    aim,
    attempt: attacker => attacker.createService(values),
    reason,
  }),
);
