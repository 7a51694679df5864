/** Params that the description allows beside its examples: invented by its schemas, the same at every run. */
import fc from 'fast-check';
import { type SpecMethod, targetOf } from './document';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const SEED = 4;

/** @returns so many lists of params, by position */
export function inventedParams({ params }: SpecMethod, count: number): readonly (readonly unknown[])[] {
  const schemas = params.map((param) => ('$ref' in param ? targetOf<{ schema: Schema }>(param.$ref) : param).schema);
  return fc.sample(fc.tuple(...schemas.map((schema) => inventedOf(schema as Schema))), { seed: SEED, numRuns: count });
}

function inventedOf(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return inventedOf(targetOf<Schema>(schema.$ref));
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices !== undefined) return fc.oneof(...choices.map(inventedOf));
  if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern));
  switch (schema.type) {
    case 'string':
      return fc.string({ maxLength: 20 });
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return fc.nat();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(inventedOf(schema.items ?? {}), { maxLength: 3 });
    case 'object':
      return recordOf(schema);
    default:
      throw new Error(`a schema that nothing is invented for: ${JSON.stringify(schema)}`);
  }
}

function recordOf({ properties = {}, required = [] }: Schema): fc.Arbitrary<object> {
  const members = Object.entries(properties).map(([name, schema]) => [name, inventedOf(schema)] as const);
  const model: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(members);
  return fc.record(model, { requiredKeys: [...required] });
}
