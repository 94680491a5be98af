import { isObject, objectOf } from '../../values/unknown';
import type { DefinedComponent } from './definition';
import { fileOf, headerWithFile, mapHeaders } from './files';

/**
 * Turns components as Meta shows them into components as Meta takes them. They differ: one-time
 * passwords read as links, files as addresses, and some texts are Meta's own.
 */
export function fromReading(
	components: readonly DefinedComponent[],
	isAuthentication: boolean,
): DefinedComponent[] {
	const own = isAuthentication ? components.map(withoutMetasText) : components;
	const taken = own.map((component) => withButtons(component));
	return mapHeaders(taken, withoutAddress).map((component) =>
		component.type === 'CAROUSEL' ? withCards(component) : component,
	);
}

function withCards(carousel: DefinedComponent): DefinedComponent {
	const { cards } = carousel;
	if (!Array.isArray(cards)) return carousel;
	return {
		...carousel,
		cards: cards.map((card: unknown) => {
			const { components } = objectOf(card);
			if (!Array.isArray(components)) return card;
			return {
				...objectOf(card),
				components: (components as DefinedComponent[]).map((each) => withButtons(each)),
			};
		}),
	};
}

/** The address of the present file is no handle; the file has to be uploaded again. */
function withoutAddress(header: DefinedComponent): DefinedComponent {
	if (fileOf(header) !== null) return header;
	const handles = objectOf(header['example'])['header_handle'];
	const first: unknown = Array.isArray(handles) ? handles[0] : undefined;
	if (typeof first !== 'string' || !/^https?:\/\//.test(first)) return header;
	return headerWithFile(String(header['format']), { address: first });
}

/** Meta writes the texts of authentication templates and refuses them in a definition. */
function withoutMetasText(component: DefinedComponent): DefinedComponent {
	const {
		type,
		add_security_recommendation: recommends,
		code_expiration_minutes: minutes,
	} = component;
	if (type === 'BODY') {
		return {
			type,
			...(recommends === undefined ? {} : { add_security_recommendation: recommends }),
		};
	}
	if (type === 'FOOTER' && minutes !== undefined) return { type, code_expiration_minutes: minutes };
	return component;
}

function withButtons(component: DefinedComponent): DefinedComponent {
	const { buttons } = component;
	if (component.type !== 'BUTTONS' || !Array.isArray(buttons)) return component;
	return {
		...component,
		buttons: buttons.map((button: unknown) => (isObject(button) ? taken(button) : button)),
	};
}

/** A button as Meta takes it. */
function taken(button: Record<string, unknown>): Record<string, unknown> {
	const { type, url, example, flow_action: action } = button;
	if (type === 'URL' && typeof url === 'string') return fromCodeLink(button, url) ?? button;
	if (type === 'COPY_CODE') {
		// Its label is Meta's.
		const code: unknown = Array.isArray(example) ? example[0] : example;
		return { type, example: code };
	}
	if (type === 'REQUEST_CONTACT_INFO') return { type };
	if (type === 'FLOW' && typeof action === 'string') {
		return { ...button, flow_action: action.toLowerCase() };
	}
	return button;
}

/** The address that a button with a one-time password shows. */
const codeLink = /^https:\/\/www\.whatsapp\.com\/otp\/code\/?\?/;

/** Null for a button that is no one-time password. */
function fromCodeLink(
	{ text }: Record<string, unknown>,
	url: string,
): Record<string, unknown> | null {
	if (!codeLink.test(url)) return null;
	const said = new URL(url).searchParams;
	const otpType = (said.get('otp_type') ?? 'COPY_CODE').toUpperCase();
	const app = {
		package_name: said.get('package_name'),
		signature_hash: said.get('signature_hash'),
	};
	const hasApp = app.package_name !== null && app.signature_hash !== null;
	const autofill = said.get('cta_display_name') ?? text;
	return {
		type: 'OTP',
		otp_type: otpType,
		...(otpType === 'COPY_CODE'
			? { text }
			: { ...(text === autofill ? {} : { text }), autofill_text: autofill }),
		...(hasApp ? { supported_apps: [app] } : {}),
		...(otpType === 'ZERO_TAP' ? { zero_tap_terms_accepted: true } : {}),
	};
}
