import { GraphError } from '../../errors/graph-error.ts';
import type { JsonObject } from '../../json.ts';
import { asText } from '../../json.ts';
import { requireCatalog, requireProduct } from '../interactive/products.ts';
import { checkLocation } from '../location.ts';
import { checkFilename, checkMediaObject } from '../media-object.ts';
import { requireObject, requirePart } from '../rules.ts';
import type { ComponentContext } from './context.ts';
import { checkLength, hydrate, parametersOf, textOf } from './parameters.ts';

/** Characters of a text header with its values. */
const maxHeaderLength = 60;

const mediaKinds = ['image', 'video', 'document'] as const;

/** @throws GraphError 132000, 132012, or an error about the header's file or location */
export function checkTemplateHeader(
	context: ComponentContext,
	component: JsonObject | undefined,
): void {
	const path = `${context.path}header`;
	const parameters = parametersOf(component, path);
	const defined = context.definition?.get('HEADER');
	const format = asText(defined?.['format'])?.toUpperCase() ?? 'TEXT';
	if (!context.definition) {
		for (const parameter of parameters) checkParameter(context, parameter, path);
		return;
	}
	if (format === 'TEXT') {
		const text = hydrate(asText(defined?.['text']) ?? '', parameters, context.isNamed, path);
		checkLength(text, maxHeaderLength, path);
		return;
	}
	const [parameter] = parameters;
	const received = asText(parameter?.['type'])?.toUpperCase() ?? 'UNKNOWN';
	// Meta does not document how a moving picture is sent: as what it is, or as the file it is.
	const fits = received === format || (format === 'GIF' && received === 'VIDEO');
	if (!fits || !parameter) {
		throw new GraphError(132012, {
			details: `${path}: Format mismatch, expected ${format}, received ${received}`,
		});
	}
	if (parameters.length > 1) {
		throw new GraphError(132000, {
			details: `${path}: number of params (${parameters.length}) does not match the expected number of params (1)`,
		});
	}
	checkParameter(context, parameter, path);
}

function checkParameter({ message }: ComponentContext, parameter: JsonObject, path: string): void {
	const type = asText(requirePart(parameter, 'type', `${path}.type`))?.toLowerCase() ?? '';
	const kind = type === 'gif' ? 'video' : mediaKinds.find((known) => known === type);
	if (kind) {
		const media = requireObject(parameter, type, `${path}.${type}`);
		checkMediaObject(message, media, kind, `${path}.${type}`);
		if (kind === 'document') checkFilename(media, `${path}.document`);
		return;
	}
	if (type === 'location') {
		checkLocation(requireObject(parameter, 'location', `${path}.location`), `${path}.location`);
		return;
	}
	if (type === 'product') {
		const product = requireObject(parameter, 'product', `${path}.product`);
		const catalogId = requireCatalog(message, product, `${path}.product`);
		requireProduct(message, product, 'product_retailer_id', `${path}.product`, catalogId);
		return;
	}
	textOf(parameter, path);
}
