import { TrackerListeners } from './TrackerListeners';

describe('TrackerListeners', () => {
  it('notifies every subscribed listener in the order of subscription', () => {
    const listeners = new TrackerListeners();
    const notified: string[] = [];
    listeners.signalsAdded();
    listeners.add({
      signalsAdded: () => notified.push('signals'),
      revisionsRequested: instance => notified.push(`first ${instance}`),
    });
    listeners.add({
      revisionsRequested: instance => notified.push(`second ${instance}`),
      repositoriesAdded: () => notified.push('repositories'),
    });

    listeners.revisionsRequested('main');
    listeners.repositoriesAdded();
    listeners.signalsAdded();

    expect(notified).toEqual([
      'first main',
      'second main',
      'repositories',
      'signals',
    ]);
  });
});
