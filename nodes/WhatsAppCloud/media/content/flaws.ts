import type { Flaw } from '../../messages/mediaRules';

const advice = {
	colours: 'Save it with 8 bits per channel in RGB, as programs do by default.',
	channels: 'Convert it to one channel, for example with ffmpeg and -ac 1.',
};

/**
 * What keeps Meta from taking a file of a type that it takes otherwise: pictures have to have 8 bits
 * per channel in RGB or grey, and Opus one channel.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types
 *
 * @returns undefined if the first bytes show nothing of the kind
 */
export function flawIn(mimeType: string | null, head: Buffer): Flaw | undefined {
	switch (mimeType?.split(';')[0]) {
		case 'image/png':
		case 'image/apng':
			return coloursFlaw(head[24], 3);
		case 'image/jpeg':
			return jpegFlaw(head);
		case 'audio/ogg':
			return opusFlaw(head);
		default:
			return undefined;
	}
}

/** @param components 4 for the inks of print */
function coloursFlaw(bits: number | undefined, components: number): Flaw | undefined {
	if (bits !== undefined && bits > 8) {
		return {
			message: `has ${bits} bits per channel, and WhatsApp takes 8`,
			advice: advice.colours,
		};
	}
	if (components !== 4) return undefined;
	return { message: 'is in CMYK, and WhatsApp takes RGB', advice: advice.colours };
}

/** A JPEG says it in the header of its frame (ITU-T T.81, B.2.2), which follows other segments. */
function jpegFlaw(head: Buffer): Flaw | undefined {
	let at = 2;
	while (at + 10 <= head.length && head[at] === 0xff) {
		const marker = head[at + 1] ?? 0;
		const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
		if (isFrame) return coloursFlaw(head[at + 4], head[at + 9] ?? 0);
		at += 2 + head.readUInt16BE(at + 2);
	}
	return undefined;
}

/** The number of channels follows the name and the version (RFC 7845, 5.1). */
function opusFlaw(head: Buffer): Flaw | undefined {
	const start = head.indexOf('OpusHead');
	const channels = start < 0 ? 0 : (head[start + 9] ?? 0);
	if (channels <= 1) return undefined;
	return { message: `has ${channels} channels, and WhatsApp takes mono`, advice: advice.channels };
}
