import type { ArgoCdResources } from '@landfall/backstage-plugin-delivery-node';
import { UpstreamLimits, type UpstreamLimitsOptions } from './UpstreamLimits';

type Options = Parameters<Parameters<UpstreamLimits['run']>[1]>[1];

function setUp(options: Omit<UpstreamLimitsOptions, 'argocd'> = {}) {
  const asked: string[] = [];
  const argocd: UpstreamLimitsOptions['argocd'] = {
    get: name => {
      asked.push(name);
      // Nothing is read through it here.
      return Object.create(null);
    },
  };
  const limits = new UpstreamLimits({ argocd, ...options });
  const finish: (() => void)[] = [];
  const received: Options[] = [];
  const read = (_: ArgoCdResources, given: Options) => {
    received.push(given);
    return new Promise<void>(resolve => finish.push(resolve));
  };
  return { limits, read, finish, received, asked };
}

describe('UpstreamLimits', () => {
  it('runs a few reads of an instance at the same time, and others after that', async () => {
    const { limits, read, finish, asked } = setUp();
    const runs = Array.from({ length: 6 }, () => limits.run('main', read));
    await Promise.resolve();
    expect(finish).toHaveLength(4);
    const other = limits.run('edge', read);
    await Promise.resolve();
    expect(finish).toHaveLength(5);
    for (let next = 0; next < 7; next++) {
      finish[next]();
      await new Promise(setImmediate);
    }
    await Promise.all([...runs, other]);
    expect(new Set(asked)).toEqual(new Set(['main', 'edge']));
  });

  it('counts the time in the queue', async () => {
    let now = 0;
    const { limits, read, finish, received } = setUp({
      clock: () => now,
      timeoutMs: 1000,
    });
    const runs = Array.from({ length: 6 }, () => limits.run('main', read));
    const settled = Promise.allSettled(runs);
    await new Promise(setImmediate);
    now = 400;
    finish[0]();
    await new Promise(setImmediate);
    now = 1000;
    finish.slice(1).forEach(done => done());
    expect((await settled).map(({ status }) => status)).toEqual([
      ...Array(5).fill('fulfilled'),
      'rejected',
    ]);
    expect(received.map(({ timeoutMs }) => timeoutMs)).toEqual([
      1000, 1000, 1000, 1000, 600,
    ]);
    await expect(runs[5]).rejects.toMatchObject({ name: 'ArgoCdTimeoutError' });
  });

  it('refuses to queue more than can be done in time', async () => {
    const { limits, read, finish } = setUp({ maxWaiting: 1 });
    const runs = Array.from({ length: 5 }, () => limits.run('main', read));
    await expect(limits.run('main', read)).rejects.toMatchObject({
      name: 'ArgoCdTimeoutError',
      message: expect.stringContaining('1 requests are waiting'),
    });
    await new Promise(setImmediate);
    finish.splice(0).forEach(done => done());
    await new Promise(setImmediate);
    finish.forEach(done => done());
    await Promise.all(runs);
  });
});
