import type {
  LintFinding,
  LintPlace,
} from '@landfall/backstage-plugin-delivery-common';

/** A range of a file; lines and columns begin with 1. */
export interface Region {
  startLine: number;
  startColumn: number;
  endLine: number;
  endColumn: number;
}

/** A place in a file. */
export interface Location {
  /** As given, or below a folder that was given; `-` for the standard input. */
  file: string;
  /** Absent: the file as a whole. */
  region?: Region;
}

/** Something that couldn't be read. */
export interface InputError extends Location {
  message: string;
}

/** A place in a resource; in an ApplicationSet, within its template. */
export interface Place extends Omit<LintPlace, 'kind'> {
  kind: LintPlace['kind'] | 'ApplicationSet';
}

/** A finding in a resource. */
export interface Finding extends Omit<LintFinding, 'place'> {
  place: Place;
}

/** A finding with its place in a file. */
export interface LocatedFinding extends Finding {
  location: Location;
}

/** The result of a run. */
export interface Report {
  findings: LocatedFinding[];
  errors: InputError[];
  /** How many were read. */
  applications: number;
  applicationSets: number;
  imageUpdaters: number;
}
