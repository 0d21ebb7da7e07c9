import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  configOf,
  PROFILES,
  REGIONS,
  type Resource,
  resourcesOf,
} from './deployment.ts';

/** What must outlive its stack. */
const KEPT = [
  'AWS::KMS::Key',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::EKS::Cluster',
  'AWS::SecretsManager::Secret',
];

/** What another logical id would replace, or could not: names are taken. */
const STATEFUL = [
  ...KEPT,
  'AWS::EC2::Subnet',
  'AWS::EC2::VPC',
  'AWS::ECR::Repository',
  'AWS::EKS::Capability',
  'AWS::RDS::DBSubnetGroup',
  'AWS::SQS::Queue',
];

/** Their stacks, types and logical ids by profile, as they may be deployed already. */
const DEPLOYED: Record<string, string[]> = JSON.parse(
  readFileSync(new URL('data/stateful.json', import.meta.url), 'utf8'),
);

for (const profile of PROFILES) {
  it(`replaces nothing stateful of earlier deployments: ${profile}`, () => {
    assert.deepEqual(
      resourcesOf(configOf(profile))
        .filter(({ Type }) => STATEFUL.includes(Type))
        .map(({ stack, Type, id }) => `${stack} ${Type} ${id}`)
        .sort(),
      DEPLOYED[profile],
    );
  });

  for (const region of REGIONS) {
    describe(`${profile} in ${region}`, () => {
      const resources = resourcesOf(configOf(profile, region));
      const ofType = (...types: string[]) =>
        resources.filter(({ Type }) => types.includes(Type));

      it('has every part', () => {
        const types = new Set(resources.map(({ Type }) => Type));
        for (const type of [
          'AWS::EC2::VPC',
          'AWS::EKS::Cluster',
          'AWS::EKS::PodIdentityAssociation',
          'AWS::ECR::RepositoryCreationTemplate',
          'AWS::Events::Rule',
          'AWS::SQS::Queue',
          'Custom::AWSCDK-EKS-KubernetesResource',
          profile === 'managed-argocd'
            ? 'AWS::EKS::Capability'
            : 'Custom::AWSCDK-EKS-HelmChart',
          profile === 'small' ? 'AWS::RDS::DBInstance' : 'AWS::RDS::DBCluster',
        ]) {
          assert.ok(types.has(type), `${type} is missing`);
        }
      });

      it('keeps what is stateful', () => {
        for (const { Type, id, DeletionPolicy } of ofType(...KEPT)) {
          // The master user's secret goes with a database that is kept.
          const isKept =
            DeletionPolicy === 'Retain' || /master|Secret/i.test(id);
          assert.ok(isKept, `${Type} ${id} would be deleted`);
        }
      });

      it('rotates every key', () => {
        assert.deepEqual(
          ofType('AWS::KMS::Key').filter(
            ({ Properties }) => Properties.EnableKeyRotation !== true,
          ),
          [],
        );
      });

      it('encrypts the database, protects it, and keeps it private', () => {
        for (const { Properties } of ofType(
          'AWS::RDS::DBCluster',
          ...(profile === 'small' ? ['AWS::RDS::DBInstance'] : []),
        )) {
          assert.equal(Properties.StorageEncrypted, true);
          assert.equal(Properties.DeletionProtection, true);
          assert.equal(Properties.EnableIAMDatabaseAuthentication, true);
        }
        for (const { Properties } of ofType('AWS::RDS::DBInstance')) {
          assert.equal(Properties.PubliclyAccessible ?? false, false);
        }
      });

      it('reaches the API of Kubernetes from the VPC alone', () => {
        for (const { Properties } of ofType('AWS::EKS::Cluster')) {
          assert.deepEqual(
            Object.entries(
              Properties.ResourcesVpcConfig as Record<string, unknown>,
            ).filter(([key]) => key.startsWith('Endpoint')),
            [
              ['EndpointPrivateAccess', true],
              ['EndpointPublicAccess', false],
            ],
          );
        }
      });

      it('lets nobody in without a condition', () => {
        assert.deepEqual(resources.flatMap(openStatements), []);
      });

      it('trusts the services of AWS for this account alone', () => {
        const trusting = ofType(
          'AWS::SQS::QueuePolicy',
          'AWS::SNS::TopicPolicy',
          'AWS::KMS::Key',
        ).flatMap(({ id, Properties }) =>
          statementsIn(Properties)
            .filter(
              ({ Effect, Principal }) =>
                Effect === 'Allow' &&
                typeof Principal === 'object' &&
                Principal !== null &&
                'Service' in Principal,
            )
            .map(({ Condition }) => ({ id, Condition })),
        );
        assert.ok(trusting.length >= 3);
        // Otherwise somebody else's rule could send to the queue.
        assert.deepEqual(
          trusting.filter(({ Condition }) => !Condition),
          [],
        );
      });

      it('has a queue for what a queue cannot deliver', () => {
        const queues = ofType('AWS::SQS::Queue');
        const redriven = queues.filter(
          ({ Properties }) => Properties.RedrivePolicy,
        );
        assert.equal(queues.length, 2);
        assert.equal(redriven.length, 1);
        for (const { Properties } of queues) {
          assert.ok(Properties.KmsMasterKeyId);
        }
      });

      it('keeps logs for a limited time', () => {
        assert.deepEqual(
          ofType('AWS::Logs::LogGroup').filter(
            ({ Properties }) => !Properties.RetentionInDays,
          ),
          [],
        );
      });
    });
  }
}

/** Statements that allow anybody something, without any condition. */
function openStatements({ id, Properties }: Resource): string[] {
  return statementsIn(Properties)
    .filter(
      ({ Effect, Principal, Condition }) =>
        Effect === 'Allow' && !Condition && isAnybody(Principal),
    )
    .map(statement => `${id}: ${JSON.stringify(statement)}`);
}

function isAnybody(principal: unknown): boolean {
  return (
    principal === '*' ||
    (typeof principal === 'object' &&
      principal !== null &&
      Object.values(principal).flat().includes('*'))
  );
}

function statementsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) {
    return value.flatMap(statementsIn);
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const nested = Object.values(value).flatMap(statementsIn);
  return 'Effect' in value ? [{ ...value }, ...nested] : nested;
}
