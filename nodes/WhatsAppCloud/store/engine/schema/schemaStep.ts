import type { SqlWriter } from '../statement';

/** Statements that bring the schema from one version to the next. */
export type SchemaStep = readonly ((write: SqlWriter) => string)[];
