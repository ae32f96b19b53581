/** The syllables that people's names are made of, and what they must not make. */

export interface Syllables {
  readonly heads: readonly string[];
  readonly tails: readonly string[];
}

export const FIRST_NAMES: Syllables = {
  heads: words(`
    Av Bel Bren Cael Cal Cor Corv Dal Del Dor El Elv Em Ev Fenn Gal Gav Har Il Is Jess Jor Kal
    Kest Lar Len Lor Mar Mel Merr Nav Nev Nor Ol Or Orv Pell Per Quill Rav Rem Ros Sab Sav Sel Sor
    Tal Tam Tav Tess Thal Tor Torr Ul Val Ver Wend Wyn Yar Zan Zel
  `),
  tails: words(`
    aline amy anda ander aric avel edan elia elin ella enna eric essa etta evan iane ian ick idan
    iel ienne illo imer inda inel isa issa itha olan olin ona onie ora oric orin wen win wyn
  `),
};

/** English surnames, and surnames after the manner of other languages. */
export const LAST_NAMES: readonly Syllables[] = [
  {
    heads: words(`
      Alder Ash Barrow Bexel Bracken Brenn Calder Carn Chal Corr Cress Dun Ellis Fair Fen Garr Hal Harrow Hart
      Hathen Hollen Jar Kell Lang Larch Lind Lock Marr Mere Nether Oak Orm Pell Pem Quarr Rad Raven
      Rook Sel Shaw Stan Strath Tarr Thistle Thorn Tolver Var Wake Whit Wren
    `),
    tails: words(`
      beck bourne brook by combe croft dane den fell field garth gate grove hurst land lock low
      mere mond moor more rick ridge sey shaw stead stow thwaite vale wain ward well wick worth
    `),
  },
  {
    heads: words(`
      Adav Bast Calv Cord Dalm Dorv Esk Falk Gorv Hald Ivar Jarv Kalm Kov Land Lor Mald Marv Nav
      Olm Ost Pav Quint Ral Rosv Sald Sav Sorv Tarv Torv Ulm Valm Vard Vesk Zam Zel
    `),
    tails: words(`
      acci adri ahan alba anen anez ano anti ardi arian ashi aux eaux edo egan elli ello enko enza
      eras ero esco etti ewski iani idar ilov ira isek itis onen ores orra osa osi ovan ovic sen sson
    `),
  },
];

/** Names that real people commonly bear, or that mean or sound what they should not. */
export const UNWANTED_NAMES: ReadonlySet<string> = new Set(
  words(`
    Avelia Avian Belinda Belona Calian Coraline Corella Corinda Corissa Corona Corwin Delaline
    Delillo Delora Delwin Delwyn Dorian Dorick Dorinda Dorissa Elian Eliel Ellissa Elwen Elwin
    Elwyn Emelia Emeric Emilian Emissa Evander Evelia Evelin Evian Fennella Galiel Harwin Ilona
    Isamy Isora Jessian Jorian Jorick Kalian Kalinda Kalona Laramy Lariane Larisa Larissa
    Lenetta Lenora Lorella Loretta Lorian Lorinda Lorissa Marella Maretta Marian Mariane Mariel
    Marinda Marisa Marissa Melander Melanie Melinda Melissa Melona Melonie Melora Meriel Merrian
    Merrick Merrill Navian Nevan Noretta Norian Norinda Norissa Norwin Olian Olinda Orian Oriel
    Orion Orissa Perella Perillo Perrian Ravenna Ravian Remick Rosaline Rosella Rosenna Rosetta
    Rosina Rosinda Rosissa Savian Selina Selinda Selwin Selwyn Sorella Talian Talissa Talitha
    Tamora Tavian Tessian Torian Ulric Valen Valenna Valerian Valeric Valetta Valian Valinda
    Valissa Valora Verelia Verella Verenna Verian Verona Wendelin Wendella Winona Wynona Yarian
    Zanetta Zelinda Zelona
    Alderden Aldershaw Ashbeck Ashbourne Ashbrook Ashby Ashcombe Ashcroft Ashfield Ashhurst
    Ashland Ashlock Ashmere Ashmore Ashward Ashwell Ashwick Ashworth Brackenbeck Calderfield
    Calderwell Calvano Calvero Calvetti Cordano Cordelli Cordello Cordero Cordesco Dunby
    Dunfield Dunland Dunlock Dunlow Dunmore Dunstead Dunward Dunwell Ellisfell Fairbourne
    Fairbrook Fairby Fairden Fairfield Fairhurst Fairland Fairlock Fairmond Fairwell Falkano
    Falkosi Fenbrook Fenby Fenland Fenmore Halcombe Halcroft Haldane Haldanen Halfield Halford
    Halgate Halland Hallock Hallow Halsey Halshaw Halstead Halward Harrowby Harrowell Hartbrook
    Hartfield Hartford Hartgrove Hartland Hartsey Hartshaw Hartstead Hartward Hartwell Hartwick
    Kellward Landano Landen Landeras Landero Landis Landosa Langbeck Langby Langfield Langford
    Langland Langlock Langridge Langshaw Langstow Langthwaite Langwell Langworth Larchmond
    Lindbeck Lindbrook Lindby Linden Lindfield Lindgrove Lindhurst Lindland Lindlow Lindsey
    Lindstead Lindward Lockridge Locksey Lockward Lockwell Maldano Marrock Marrow Mereden
    Navarian Navero Netherby Netherland Netherwell Oakdane Oakden Oakfield Oakgrove Oakland
    Oakridge Oakwell Ormsby Ostero Ostovan Ostrow Pavano Pavelli Pavello Pavlo Pellow Pembridge
    Pembrook Quintanez Quintano Quintero Quintosa Radbourne Radfield Radland Radward Ravencroft
    Ravenshaw Rookbeck Rosvidar Saldano Saldosa Savano Savelli Savero Selby Selden Selfridge
    Selhurst Selland Sellock Sellow Selmore Selsey Selward Shawcroft Stanbrook Stanby Stancombe
    Stanfield Stanford Stanland Stansey Stanward Stanwick Strathmore Tarrbrook Thornbeck Thornby
    Thornden Thornfield Thornhurst Thornland Thornlow Thornwell Torvald Valmano Wakeby Wakefield
    Wakeland Wakely Wakemond Wesfield Wesley Wesmond Weston Whitbeck Whitbourne Whitbrook Whitby
    Whitcombe Whitcroft Whitfield Whitgrove Whitland Whitlock Whitlow Whitmere Whitmore
    Whitridge Whitsey Whitwell Whitworth Zamano
  `),
);

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
