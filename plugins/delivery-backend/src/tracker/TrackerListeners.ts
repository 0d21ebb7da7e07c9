import type { TrackerListener } from './types';

/**
 * Passes each notification of the tracker to all listeners that implement it.
 * Listeners that themselves depend on the tracker are added once they exist.
 *
 * @internal
 */
export class TrackerListeners implements TrackerListener {
  private readonly listeners: Partial<TrackerListener>[] = [];

  add(listener: Partial<TrackerListener>): void {
    this.listeners.push(listener);
  }

  signalsAdded(): void {
    this.listeners.forEach(listener => listener.signalsAdded?.());
  }

  revisionsRequested(instance: string): void {
    this.listeners.forEach(listener => listener.revisionsRequested?.(instance));
  }

  repositoriesAdded(): void {
    this.listeners.forEach(listener => listener.repositoriesAdded?.());
  }
}
