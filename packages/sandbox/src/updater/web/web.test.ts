import { readRecordingJson, recordedFiles } from '@landfall/testing-kit';
import { z } from 'zod';
import { FakeKubernetes } from '../__testUtils__/FakeKubernetes';
import { VALUES, application, updaterResource } from '../__testUtils__/service';
import { REGISTRY, Workbench } from '../__testUtils__/Workbench';

let bench: Workbench;

beforeEach(async () => {
  bench = await Workbench.start();
});

afterEach(async () => {
  await bench.stop();
});

describe('its web server', () => {
  const exchange = z.object({
    title: z.string(),
    request: z.object({
      method: z.string(),
      path: z.string(),
      headers: z.record(z.string(), z.string()),
      body: z.unknown(),
    }),
    response: z.object({ status: z.number(), body: z.string() }),
  });
  const webhooks = recordedFiles('updater').filter(file =>
    file.startsWith('webhook-'),
  );

  const bodyOf = (body: unknown) =>
    typeof body === 'string' ? body : JSON.stringify(body);

  it.each(webhooks)('%s', async file => {
    const { request, response } = exchange.parse(
      readRecordingJson(`updater/${file}`),
    );
    const updater = await bench.startUpdater({ webhookSecret: 'known' });
    const answer = await fetch(`${updater.url}${request.path}`, {
      method: request.method,
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [
          name,
          value.replace('<secret>', 'known'),
        ]),
      ),
      body: request.method === 'GET' ? undefined : bodyOf(request.body),
    });
    expect(answer.status).toBe(response.status);
    expect(answer.headers.get('content-type')).toBe(
      'text/plain; charset=utf-8',
    );
    expect(await answer.text()).toBe(response.body);
  });

  it('runs a cycle at once for the pushed repository', async () => {
    await bench.commit({ 'apps/api/values-dev.yaml': VALUES });
    application(bench);
    updaterResource(bench);
    const updater = await bench.startUpdater();
    await updater.runCycle();
    await bench.push('shop/api', '1.0.1');
    const call = (repositoryName: string) =>
      fetch(`${updater.url}/webhook?type=cloudevents`, {
        method: 'POST',
        headers: { 'content-type': 'application/cloudevents+json' },
        body: JSON.stringify({
          specversion: '1.0',
          type: 'com.amazon.ecr.image.push',
          source: 'urn:aws:ecr:eu-west-1:123456789012:repository/shop/api',
          data: { repositoryName, imageTag: '1.0.1' },
        }),
      });
    const before = bench.kubernetes.statuses.length;
    await call('shop/other');
    await call('shop/api');
    // Cycles run one after another, so this one is behind both.
    await updater.runCycle({ registry: REGISTRY, repository: 'none' });

    const matched = bench.kubernetes.statuses
      .slice(before)
      .map(({ applicationsMatched }) => applicationsMatched)
      .filter(value => value !== undefined);
    expect(matched).toEqual([0, 1, 0]);
    expect(await bench.file('apps/api/values-dev.yaml')).toContain('1.0.1');
  });

  it('has metrics in the recorded form', async () => {
    const recorded = z
      .object({ lines: z.array(z.string()) })
      .parse(readRecordingJson('updater/metrics.json')).lines;
    await bench.commit({ 'apps/api/values-dev.yaml': VALUES });
    await bench.push('shop/api', '1.0.1');
    application(bench);
    updaterResource(bench);
    const updater = await bench.startUpdater();
    await updater.runCycle();

    const lines = (await (await fetch(`${updater.url}/metrics`)).text())
      .trim()
      .split('\n');
    const ofOne = recorded.filter(
      line =>
        !line.includes('image_updater_cr_name') || line.includes('"api-dev"'),
    );
    const shape = (line: string) => line.replace(/} \d+$/, '} n');
    expect(lines.map(shape)).toEqual(ofOne.map(shape));
    expect(lines).toContain(
      'argocd_image_updater_images_updated_total{image_updater_cr_name="api-dev",image_updater_cr_namespace="argocd"} 2',
    );
  });

  it('shows its last cycle', async () => {
    application(bench);
    updaterResource(bench, { applicationRefs: [{ namePattern: '<b>[' }] });
    const updater = await bench.startUpdater();
    await updater.runCycle();
    const page = await (await fetch(`${updater.url}/`)).text();
    expect(page).toContain('argocd/api-dev');
    expect(page).toContain('&lt;b&gt;[');
    expect(page).not.toContain('<b>');
  });

  it('shows that Kubernetes cannot be reached', async () => {
    const elsewhere = await FakeKubernetes.start('x');
    const { url } = elsewhere;
    await elsewhere.stop();
    const updater = await bench.startUpdater({
      kubernetes: { url, token: '', namespace: 'argocd' },
    });
    await updater.runCycle();
    const page = await (await fetch(`${updater.url}/`)).text();
    expect(page).toContain('fetch failed');
  });
});
