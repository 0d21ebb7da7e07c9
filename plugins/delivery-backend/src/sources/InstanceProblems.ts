import type {
  ApplicationRef,
  InstanceErrorCode,
} from '@landfall/backstage-plugin-delivery-common';
import { applicationKey } from '../store/applicationKey';
import type { SetAside } from '../tracker/types';

/**
 * Problems with the applications that an instance lists, as opposed to its
 * connection.
 *
 * @internal
 */
export class InstanceProblems {
  /** Why the latest list isn't trusted. */
  unconfirmed?: string;
  private readonly setAside = new Map<string, string>();

  /** All applications were observed anew. */
  replaceSetAside(all: readonly SetAside[]): void {
    this.setAside.clear();
    all.forEach(each => this.add(each));
  }

  /** One application was observed anew. */
  noteObserved(ref: ApplicationRef, setAside: readonly SetAside[]): void {
    this.setAside.delete(applicationKey(ref));
    setAside.forEach(each => this.add(each));
  }

  /**
   * All problems as one text, including the error of the watch; undefined if
   * there are none.
   */
  textWith(error: string | undefined): string | undefined {
    const [first, ...others] = this.setAside.values();
    const unstored =
      first && others.length > 0
        ? `${first} (and ${others.length} more)`
        : first;
    const all = [error, this.unconfirmed, unstored].filter(Boolean);
    return all.length > 0 ? all.join('\n') : undefined;
  }

  /**
   * Code of the most serious problem, errors of the watch aside; undefined if
   * there is none.
   */
  get code(): InstanceErrorCode | undefined {
    if (this.unconfirmed) {
      return 'list-unconfirmed';
    }
    return this.setAside.size > 0 ? 'not-stored' : undefined;
  }

  private add({ ref, reason }: SetAside): void {
    this.setAside.set(applicationKey(ref), reason);
  }
}
