import { GraphError, invalidParameter } from '../../errors/graph-error.ts';
import type { JsonObject } from '../../json.ts';
import { asList, asText } from '../../json.ts';
import type { Template } from '../../state/account.ts';
import { findInLibrary } from '../../state/templates/library.ts';
import { objectAt, requireObject, requirePart } from '../rules.ts';
import type { MessageUnderTest } from '../type.ts';
import { checkBody } from './body.ts';
import { checkTemplateButtons } from './buttons.ts';
import { checkCards } from './carousel.ts';
import type { ComponentContext } from './context.ts';
import { byType } from './context.ts';
import { checkTemplateHeader } from './header.ts';
import { checkOrderStatusComponent } from './order-status.ts';

const componentTypes = [
	'header',
	'body',
	'button',
	'carousel',
	'limited_time_offer',
	'order_status',
	'tap_target_configuration',
] as const;

/** Checks the components of a message against those of the stored template. @throws GraphError */
export function checkComponents(
	message: MessageUnderTest,
	components: readonly JsonObject[],
	stored: Template | null,
): void {
	checkComponentList(
		{
			message,
			definition: stored ? byType(stored.components) : null,
			isNamed: stored?.parameter_format.toUpperCase() === 'NAMED',
			category: stored?.category ?? '',
			library: stored
				? findInLibrary(asText(stored['library_template_name']) ?? '', stored.language)
				: undefined,
			path: '',
		},
		components,
	);
	checkOrderStatus(components, stored);
}

/** A template for the status of an order needs that status, and no other template takes it. */
function checkOrderStatus(components: readonly JsonObject[], stored: Template | null): void {
	if (!stored) return;
	const isGiven = components.some((component) => componentTypeOf(component) === 'order_status');
	const subCategory = asText(stored['sub_category']) ?? '';
	if (isGiven === subCategory.endsWith('ORDER_STATUS')) return;
	throw new GraphError(132012, {
		details: isGiven
			? 'order_status: The template is not for the status of an order'
			: 'order_status: The status of the order is missing',
	});
}

/** The components of a message or of a card. @throws GraphError */
function checkComponentList(context: ComponentContext, components: readonly JsonObject[]): void {
	const found = new Map<string, JsonObject>();
	const buttons: JsonObject[] = [];
	for (const component of components) {
		const type = componentTypeOf(component);
		if (type === 'button') {
			buttons.push(component);
			continue;
		}
		if (found.has(type)) throw invalidParameter(`The component ${type} occurs twice`);
		found.set(type, component);
	}
	checkTemplateHeader(context, found.get('header'));
	const code = checkBody(context, found.get('body'));
	checkTemplateButtons(context, buttons, code);
	checkOffer(context, found.get('limited_time_offer'));
	checkCards(context, found.get('carousel'), checkComponentList);
	const orderStatus = found.get('order_status');
	if (orderStatus) checkOrderStatusComponent(orderStatus);
}

function componentTypeOf(component: JsonObject): (typeof componentTypes)[number] {
	const type = asText(component['type'])?.toLowerCase() ?? '';
	const known = componentTypes.find((name) => name === type);
	if (known) return known;
	throw invalidParameter(
		`Param template['components'][]['type'] must be one of {${componentTypes.join(', ').toUpperCase()}} - got "${type}".`,
	);
}

/** A limited-time offer that expires needs its expiration time. */
function checkOffer(context: ComponentContext, component: JsonObject | undefined): void {
	const defined = context.definition?.get('LIMITED_TIME_OFFER');
	if (!component) {
		const offer = defined?.['limited_time_offer'];
		if (defined && objectAt(offer ?? {}, 'limited_time_offer')['has_expiration'] === true) {
			throw new GraphError(132012, {
				details: 'limited_time_offer: expiration_time_ms is missing',
			});
		}
		return;
	}
	if (context.definition && !defined) {
		throw new GraphError(132012, { details: 'The template has no limited-time offer' });
	}
	const [parameter] = asList(requirePart(component, 'parameters', 'limited_time_offer.parameters'));
	const offer = requireObject(
		objectAt(parameter, 'limited_time_offer.parameters[0]'),
		'limited_time_offer',
		'limited_time_offer.parameters[0].limited_time_offer',
	);
	const time = Number(
		requirePart(offer, 'expiration_time_ms', 'limited_time_offer.expiration_time_ms'),
	);
	if (!Number.isInteger(time) || time <= 0) {
		throw new GraphError(132012, {
			details: 'expiration_time_ms must be a UNIX time in milliseconds',
		});
	}
}
