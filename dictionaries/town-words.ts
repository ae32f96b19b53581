/** The words that names of towns are made of, by the lie of the land. */
import type { Terrain } from './area.ts';

/** First halves; few are parts of well-known towns. */
export const STEMS: readonly string[] = words(`
  Alder Amber Arbor Auber Barrow Birchen Bramble Brindle Calder Carrow Cinder Clover Corvel Cresson
  Dapple Dovel Drover Dunmar Ember Ever Fallow Fenner Fern Finch Fletch Foxen Garrow Gossam Grayling
  Hallow Harrow Haver Hazel Heron Hollin Isen Jessam Juniper Kestrel Kilder Larken Laurel
  Linnet Lorim Lovell Maple Marren Marsh Merlin Moss Nether Oaken Orrin Osier Otter Pender Plover
  Quarry Quillan Raven Rowan Rush Saddler Sedge Selwin Shale Sorrel Spruce Starling Sumac
  Swallow Tamar Tansy Teasel Thistle Thorn Timber Umber Vesper Warble Wether Whin Willet Wren Yarrow
`);

/** Second halves that go with any land. */
export const ENDINGS: readonly string[] = words(`
  brook burg bury crest dale field ford haven hurst land leigh mere mill mont ridge side stead ton
  vale view ville wick wood worth
`);

/** Surname-like first words before a word for the land. */
export const FOUNDERS: readonly string[] = words(`
  Abernall Ambrell Barlowe Bexley Brennock Cadmoor Carvell Chandry Colburne Corrigal Darrow Dellaway
  Denholt Ellery Emmerick Fairlow Farraday Fennimore Gadsby Garrick Hallet Harlan Hathorne Ingram
  Jarrold Kendry Kettering Lanyard Lockmere Lorring Maddock Marlett Merrow Norwell Oakes Ormsley
  Parrish Pellam Prewitt Quimby Radcombe Renfrow Rollins Sayward Selkirk Stannard Tarrant Thackery
  Tolliver Truitt Upshaw Varney Waddell Wexcombe Whitcomb Yardley
`);

/** Words that may follow, by land. */
export const LAND_WORDS: Readonly<
  Record<Exclude<Terrain, 'bayou' | 'island' | 'mesa'>, readonly string[]>
> = {
  coast: words('Beach Cove Harbor Inlet Landing Point Shores Sound Strand'),
  forest: words('Crossing Falls Grove Hollow Lake Mills Pines Ponds Woods'),
  hills: words('Bluff Falls Furnace Gap Heights Hollow Notch Ridge Summit'),
  plains: words('Center Corners Crossing Grove Junction Prairie Springs Station'),
  valley: words('Bend Bridge Bottoms Ferry Forge Locks Mills Springs Valley'),
};

/** Spanish of the Southwest and Florida: nouns and adjectives by gender. */
export const SPANISH = {
  masculine: words('Arroyo Cerro Llano Monte Prado Rincon Risco Valle Vado'),
  feminine: words('Alameda Colina Cuesta Huerta Ladera Laguna Loma Ribera Tierra Vega'),
  adjectives: words(`
    Ambarin Antigu Callad Cobriz Dormid Florid Lejan Luminos Nublad Pard Pedregos Platead Quiet
    Rojiz Seren Solead Sosegad Tempran Umbros Ventos
  `),
};

/** French of Louisiana. */
export const FRENCH = {
  nouns: words('Anse Bayou Bois Champ Coteau Isle Pointe Pont Vallon'),
  names: words(
    'Ambrel Cendrine Dormaux Lamarelle Marvaux Odelin Sorelle Thibelle Verdelin Vermelin',
  ),
};

/** English of the islands: flowers, trees and winds. */
export const ISLAND = {
  firsts: words(
    'Banyan Breadfruit Candlenut Coral Lantern Monkeypod Plumeria Seagrape Surfbird Tradewind',
  ),
  seconds: words('Crossing Gardens Grove Heights Rise Slope Terrace Village'),
};

/** Joined names that real towns of some size bear, and a few that mislead or jar. */
export const UNWANTED_TOWNS: ReadonlySet<string> = new Set(
  words(`
    Alderside Cloverdale Cloverland Everland Everside Everton Ferndale Fernwood Finchville Haverford
    Hazelhurst Hazelton Hazelwood Laurelton Laurelville Maplecrest Mapleton Mapleville Maplewood
    Marshfield Marshland Marshville Mossville Otterville Quarryville Ravendale Ravenwood Rushford
    Rushland Rushville Thornburg Thorndale Thornfield Thornton Thornville Thornwood Timberland
    Timberville
  `),
);

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
