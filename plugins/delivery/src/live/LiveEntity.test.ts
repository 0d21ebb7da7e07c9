import type { SignalApi } from '@backstage/plugin-signals-react';
import type { DeliverySignal } from '@landfall/backstage-plugin-delivery-common';
import { LiveEntity } from './LiveEntity';
import { SHORT_POLL_MS } from './LiveRead';

const ENTITY = 'component:default/api';

function readOf(keys: string[] | undefined) {
  return {
    keys: () => keys,
    request: jest.fn(),
    readNow: jest.fn(),
    tick: jest.fn(),
  };
}

function setup(reads: ReturnType<typeof readOf>[]) {
  const unsubscribe = jest.fn();
  const listeners: ((message: DeliverySignal) => void)[] = [];
  const signals: SignalApi = {
    subscribe: (_, onMessage) => {
      listeners.push(message => onMessage(JSON.parse(JSON.stringify(message))));
      return { unsubscribe };
    },
  };
  const api = {};
  const entity = LiveEntity.of({ api, entityRef: ENTITY, signals });
  reads.forEach(read => entity.add(read));
  return {
    api,
    entity,
    signals,
    listeners,
    unsubscribe,
    send: (signal: Partial<DeliverySignal>) =>
      listeners.forEach(listener =>
        listener({ keys: [], appeared: false, instances: false, ...signal }),
      ),
  };
}

function setVisibility(state: DocumentVisibilityState) {
  jest.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('LiveEntity', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('is shared per API and entity while something is read', () => {
    const read = readOf([]);
    const { api, entity } = setup([read]);
    expect(LiveEntity.of({ api, entityRef: ENTITY })).toBe(entity);
    expect(LiveEntity.of({ api, entityRef: 'component:default/web' })).not.toBe(
      entity,
    );
    expect(LiveEntity.of({ api: {}, entityRef: ENTITY })).not.toBe(entity);
    entity.remove(read);
    expect(LiveEntity.of({ api, entityRef: ENTITY })).not.toBe(entity);
  });

  it('subscribes to signals once, and unsubscribes with the last read', () => {
    const first = readOf([]);
    const second = readOf([]);
    const { entity, listeners, unsubscribe } = setup([first, second]);
    expect(listeners).toHaveLength(1);
    entity.remove(first);
    expect(unsubscribe).not.toHaveBeenCalled();
    entity.remove(second);
    expect(unsubscribe).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it.each<[string, Partial<DeliverySignal>, number]>([
    ['an application of one of them', { keys: ['other', 'web'] }, 1],
    ['an application that appeared', { appeared: true }, 1],
    ['an instance', { instances: true }, 1],
    ['an instance that it shows', { instances: true, topics: ['web'] }, 1],
    ['another instance', { instances: true, topics: ['other'] }, 0],
    ['another application', { keys: ['other'] }, 0],
  ])('reads everything again after a signal of %s', (_, signal, times) => {
    const reads = [readOf(['api']), readOf(['web']), readOf(undefined)];
    const { send } = setup(reads);
    send(signal);
    reads.forEach(read => expect(read.request).toHaveBeenCalledTimes(times));
  });

  it.each<[string, Partial<DeliverySignal>, number]>([
    ['narrow', { keys: ['api'] }, 150],
    ['broad', { appeared: true }, 5050],
  ])('reads at a random time after a %s signal', (_, signal, delayMs) => {
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    const reads = [readOf(['api']), readOf(['web'])];
    const { send } = setup(reads);
    send(signal);
    reads.forEach(read =>
      expect(read.request.mock.calls).toEqual([[{ delayMs }]]),
    );
  });

  it('reads nothing on signals while the browser tab is hidden', () => {
    const read = readOf(['api']);
    const { send } = setup([read]);
    setVisibility('hidden');
    send({ keys: ['api'] });
    send({ appeared: true });
    expect(read.request).not.toHaveBeenCalled();
    setVisibility('visible');
    expect(read.readNow).toHaveBeenCalledTimes(1);
  });

  it('reads again after every signal while no application is known', () => {
    const read = readOf(undefined);
    const { send } = setup([read]);
    send({ keys: ['other'] });
    expect(read.request).toHaveBeenCalledTimes(1);
  });

  it('reads again when the browser tab becomes visible', () => {
    const read = readOf([]);
    setup([read]);
    setVisibility('hidden');
    expect(read.readNow).not.toHaveBeenCalled();
    setVisibility('visible');
    expect(read.readNow).toHaveBeenCalledTimes(1);
  });

  it('reads again when the browser is online again, unless its tab is hidden', () => {
    const read = readOf([]);
    const { entity } = setup([read]);
    window.dispatchEvent(new Event('online'));
    expect(read.readNow).toHaveBeenCalledTimes(1);
    setVisibility('hidden');
    window.dispatchEvent(new Event('online'));
    expect(read.readNow).toHaveBeenCalledTimes(1);
    setVisibility('visible');
    entity.remove(read);
    window.dispatchEvent(new Event('online'));
    expect(read.readNow).toHaveBeenCalledTimes(2);
  });

  it('polls, but not while the browser tab is hidden', () => {
    const read = readOf([]);
    setup([read]);
    jest.advanceTimersByTime(2 * SHORT_POLL_MS);
    expect(read.tick.mock.calls).toEqual([[SHORT_POLL_MS], [SHORT_POLL_MS]]);
    setVisibility('hidden');
    jest.advanceTimersByTime(10 * SHORT_POLL_MS);
    expect(read.tick).toHaveBeenCalledTimes(2);
  });

  it('refreshes everything at once on request', () => {
    const reads = [readOf(['api']), readOf(undefined)];
    const { entity } = setup(reads);
    entity.refresh();
    reads.forEach(read => expect(read.readNow).toHaveBeenCalledTimes(1));
  });

  it('only polls in an app without signals', () => {
    const read = readOf([]);
    const entity = LiveEntity.of({ api: {}, entityRef: ENTITY });
    entity.add(read);
    expect(entity.isLive).toBe(false);
    jest.advanceTimersByTime(SHORT_POLL_MS);
    expect(read.tick).toHaveBeenCalledTimes(1);
    entity.remove(read);
  });
});
