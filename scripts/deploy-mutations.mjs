import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execute } from './lib/aws.mjs';
import { root, toolsDir } from './lib/paths.mjs';
import { Failure, main, say } from './lib/say.mjs';

const HELP = `node scripts/deploy-mutations.mjs [part of a name]

Breaks a copy of deploy/ in one way after another, and shows which tests find it. Ends
with 1 if a fault is not found. Needs what \`yarn deploy:check\` installs, and some
minutes.
`;

/** Faults in deploy/, and the file of tests that must find each. */
const MUTATIONS = [
  {
    what: 'a permission of the portal is missing',
    file: 'aws/lib/identities.ts',
    from: "        'ecr:DescribeImageScanFindings',\n",
    to: '',
    test: 'rights',
  },
  {
    what: 'an action that IAM does not know',
    file: 'aws/lib/registry.ts',
    from: "'ecr:PutImage',",
    to: "'ecr:PutImages',",
    test: 'policies',
  },
  {
    what: 'a secret has another name in AWS',
    file: 'aws/lib/names.ts',
    from: "'portal/session'",
    to: "'portal/sessions'",
    test: 'chain',
  },
  {
    what: 'a Pod Identity association names another service account',
    file: 'aws/lib/names.ts',
    from: "namespace: 'external-dns', name: 'external-dns'",
    to: "namespace: 'external-dns', name: 'externaldns'",
    test: 'chain',
  },
  {
    what: 'a value that the schema of the platform does not know',
    file: 'aws/lib/rootApplication.ts',
    from: '      queueUrl: outputs.queueUrl,\n      signIn',
    to: '      queueURL: outputs.queueUrl,\n      signIn',
    test: 'chain',
  },
  {
    what: "a value that Argo CD's chart does not have",
    file: 'gitops/platform/files/argocd.values.yaml',
    from: 'ingressClassName: alb',
    to: 'ingressClass: alb',
    test: 'chain',
  },
  {
    what: 'the first installation of Argo CD lacks the notifications',
    file: 'aws/lib/argoCdValues.ts',
    from: "    valuesFile('argocd-notifications', { PORTAL_DOMAIN: portal.domain }),\n",
    to: '',
    test: 'chain',
  },
  {
    what: 'the rule does not match pushes',
    file: 'aws/lib/delivery.ts',
    from: "detailType: ['ECR Image Action', 'ECR Replication",
    to: "detailType: ['ECR Image Actions', 'ECR Replication",
    test: 'events',
  },
  {
    what: 'EventBridge of any account may send to the queue',
    file: 'aws/cdk.json',
    from: '"@aws-cdk/aws-events:eventsTargetQueueSameAccount": true',
    to: '"@aws-cdk/aws-events:eventsTargetQueueSameAccount": false',
    test: 'invariants',
  },
  {
    what: 'a key is not rotated',
    file: 'aws/lib/secrets.ts',
    from: 'enableKeyRotation: true',
    to: 'enableKeyRotation: false',
    test: 'invariants',
  },
  {
    what: 'the portal listens on another port than its Service expects',
    file: 'gitops/charts/portal/templates/deployment.yaml',
    from: 'containerPort: 7007',
    to: 'containerPort: 7070',
    test: 'portal',
  },
  {
    what: 'a variable of the configuration is not set',
    file: 'gitops/charts/portal/templates/deployment.yaml',
    from: '"ECR_QUEUE_URL"',
    to: '"QUEUE_URL"',
    test: 'portal',
  },
  {
    what: 'a misspelt field of a Deployment',
    file: 'gitops/charts/portal/templates/deployment.yaml',
    from: 'terminationGracePeriodSeconds',
    to: 'terminationGraceSeconds',
    test: 'manifests',
  },
  {
    what: 'a misspelt field of an ExternalSecret',
    file: 'gitops/charts/cluster-config/templates/argocd-secrets.yaml',
    from: 'remoteRef:',
    to: 'remoteReference:',
    test: 'chain',
  },
  {
    what: 'the master secret can not be decrypted',
    file: 'aws/lib/identities.ts',
    from: '    bootstrap?.key.grantDecrypt(identity.role);\n',
    to: '',
    test: 'policies',
  },
  {
    what: "Image Updater's script prints the password alone",
    file: 'gitops/platform/files/ecr.sh',
    from: 'echo "AWS:$password"',
    to: 'echo "$password"',
    test: 'updater',
  },
  {
    what: 'a way to sign in that the image does not contain',
    file: 'gitops/charts/portal/templates/deployment.yaml',
    from: '- sign-in/{{ . }}.yaml',
    to: '- signin/{{ . }}.yaml',
    test: 'signIn',
  },
  {
    what: 'a variable of a way to sign in has another name',
    file: 'portal/sign-in/cognito.yaml',
    from: '${AUTH_COGNITO_USER_POOL_ID}',
    to: '${COGNITO_USER_POOL_ID}',
    test: 'signIn',
  },
  {
    what: 'a project permits the namespaces of another system',
    file: 'gitops/platform/templates/projects.yaml',
    from: 'namespace: {{ printf "%s-%s" $system . | quote }}',
    to: 'namespace: {{ printf "%s-*" $system | quote }}',
    test: 'template',
  },
  {
    what: 'a project permits another cluster than the template writes',
    file: 'gitops/platform/templates/portal.yaml',
    from: '"destinationServer" .Values.deployment.destinationServer',
    to: '"destinationServer" "https://other.test"',
    test: 'template',
  },
  {
    what: 'a project does not permit the source of services',
    file: 'gitops/platform/templates/projects.yaml',
    from: '    - {{ $.Values.services.repository }}\n',
    to: '    - {{ $.Values.gitops.repository }}\n',
    test: 'template',
  },
  {
    what: 'a project does not permit the namespaces of services',
    file: 'gitops/platform/templates/projects.yaml',
    from: "    - group: ''\n      kind: Namespace\n",
    to: "    - group: ''\n      kind: Node\n",
    test: 'template',
  },
  {
    what: 'the repository of services may bring projects of its own',
    file: 'gitops/platform/templates/projects.yaml',
    from: '      kind: Application\n',
    to: "      kind: '*'\n",
    test: 'template',
  },
  {
    what: 'the template commits to another branch than Argo CD reads',
    file: 'gitops/platform/templates/portal.yaml',
    from: '"configBranch" .Values.services.revision',
    to: '"configBranch" .Values.gitops.repository',
    test: 'template',
  },
  {
    what: 'the image is made from a tag that moves',
    file: 'portal/Dockerfile',
    from: 'FROM ${NODE_IMAGE}\nARG VERSION',
    to: 'FROM node:latest\nARG VERSION',
    test: 'lint',
  },
  {
    what: 'Image Updater can not read which image was pushed',
    file: 'aws/lib/delivery.ts',
    from: 'source: `urn:aws:ecr:',
    to: 'source: `ecr:',
    test: 'events',
  },
  {
    what: 'a property that CloudFormation does not have',
    file: 'aws/lib/gitops.ts',
    from: "deletePropagationPolicy: 'RETAIN',",
    to: "deletePropagationPolicy: 'KEEP',",
    test: 'cfnLint',
  },
];

main(async () => {
  if (process.argv.includes('--help')) {
    console.log(HELP);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'landfall-mutations-'));
  try {
    const escaped = [];
    const [only = ''] = process.argv.slice(2);
    for (const mutation of MUTATIONS.filter(({ what }) =>
      what.includes(only),
    )) {
      const failed = await testsThatFail(folder, mutation);
      if (failed.length === 0) {
        escaped.push(mutation.what);
      }
      say(`${failed.length > 0 ? 'caught ' : 'ESCAPED'} ${mutation.what}`);
      failed.forEach(name =>
        console.log(`          by ${mutation.test}: ${name}`),
      );
    }
    if (escaped.length > 0) {
      throw new Failure(`${escaped.length} faults were not found.`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Breaks a copy of deploy/, and returns the tests that fail then. */
async function testsThatFail(folder, { file, from, to, test }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const name of [
    'app-config.yaml',
    '.github',
    'node_modules',
    'packages',
    'plugins',
    'scripts',
    'templates',
    'testing',
    'package.json',
  ]) {
    symlinkSync(join(root, name), join(folder, name));
  }
  symlinkSync(toolsDir, join(folder, '.tools'));
  cpSync(join(root, 'deploy'), join(folder, 'deploy'), {
    recursive: true,
    filter: source => !source.endsWith('node_modules'),
  });
  const project = join(folder, 'deploy/aws');
  symlinkSync(
    join(root, 'deploy/aws/node_modules'),
    join(project, 'node_modules'),
  );
  const path = join(folder, 'deploy', file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) {
    throw new Failure(`${file} doesn't contain ${JSON.stringify(from)}.`);
  }
  writeFileSync(path, text.replace(from, to));
  const { stdout } = await execute(
    process.execPath,
    [
      '--import',
      'tsx',
      '--test',
      '--test-reporter=tap',
      // The portal itself isn't started: its configuration is what is broken.
      ...(test === 'portal' ? ['--test-name-pattern=^the configuration'] : []),
      `test/${test}.test.ts`,
    ],
    {
      cwd: project,
      env: {
        ...process.env,
        LANDFALL_REQUIRE_TOOLS: '1',
        PATH: `${join(toolsDir, 'bin')}:${process.env.PATH}`,
      },
    },
  );
  return [...stdout.matchAll(/^ *not ok \d+ - (.+)$/gm)]
    .map(([, name]) => name)
    .filter((name, index, all) => all.indexOf(name) === index)
    .slice(0, 3);
}
