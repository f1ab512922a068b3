// What is common in source text: four and three bytes in a row, the most common first; counted over 30 MB of the public
// code of six projects, case aside.

export const COMMON_FOURS =
  'tionthe  theatiotype conthisptioion ctioringstrisponresptrinespoonseponsturnname to eturretuconting ment' +
  'cons typ for str   t of portscri   rmoderequ  reonstcallurn his-para   codelions profor func ressageript' +
  'criptoolunctncti  coaram retescropen   pdeschttpablepenanst tatienaiequetestiptient dataessaumencodessag' +
  'messvaluuestjectquesfromsionevenventalueonteort comp fun   ereat   iintettpswithcrearesos://pecttps:ps:/' +
  'ocumdocucumefiletenttimeshaphapef th if expeeatexpecype:enta expted ntenents  exoutputputputnew    dand ' +
  'of trom true thipe:  andntatinpunput modratistat.comtextoptiform  deconf is   tymple newversonfisourourc' +
  'urcebjecsche in nullion:atednfigeratnodeobje reqcatestre usearrauserresuon: stanrray fro: stchemsultesul' +
  ' desdateerrorrorhema   aate hat treahis baseublipubl thaream trucom/oken/opetokeientservasse   sbliclien' +
  'mberclie namthatlist pub tooe reinatram ances thopermporn thimpoentilic e th  puinstlassclasitemcati  if' +
  'nterpromchan valuse turechaihainc fu parlatehe cectiatchicatic fsertcommersiangeagenceptgentorma int as ' +
  'minarsio stasyncctorssert thexce witype builstruhangesouam  e cojsoniona: trnatedingpdatr thupdae in  pr' +
  'onal chauildtrucructnstaategrmattainchatasynxcep whehe a def callangatesepti tesion.videbackuminconn cre' +
  'he ron tillulumillumting objquironneent.proveterwaitithunnecnectpathuirestorthubgithequipropor the s eve' +
  'ener notcessault arr filfaullete extagesait quer comtanc/comegortegosuppefint toregiawaiesols to or hub.' +
  ' runerti an efaugroudefadefigoryfineuery youapi-ropeompl   m opesolved t be lderontaeconest  datb.coppor' +
  'ub.cuppo awa optctediredthroolvetranloadransader non nulpert addith  outecterovissiodent://g/gitrompplet' +
  'ache cli//giomptountwhennonengch asye ofgchanumb  stntegread bloselfimagumbetifiage mageildegene-charoup' +
  'ovidheadhen expofigu  thble igurangcndexramentaitempdersto tcachalse iteneraarsepars mescoun insessixpor' +
  'pi-cnai/valii-cht reitiohe malidools appnot ined/codemberatelect inpe: sifiependmethectot inerveningspec' +
  'o th   fetriextr apiieldput  canindextratoreeadeamplons _modect d toactiame ethoauthfalsare me: thoddel ' +
  'ame:es theretraccturhe te toametgistegisypesblobdulelock impnt tmetemetarityuctutribatorencetherplatace ' +
  'terster istrin tplictablribuibut sersingling spesed uratlbacllbaractfielbetaent:s re   ngurahe iaudiules' +
  'allb getor aundearchretrtateool applnai-ync endeers  numompoed fudioervitectdeleom/orverazonlocaificprot' +
  ' reaamazrenthis. supmazoemenass vices innentlob ramshand.orgonense im/optrieai/oi/opwareponeattreletties' +
  'andlmponexamyou nse xampouldizatzatie fo are - ts anpresiterall : thsersroletobendinkensointimesiden.tob' +
  'odulmodunts autoe prpoinrvicextettris foterapecindlebute timontrearctatuatussears a iles basworkes aatic' +
  'parte moput_ult   seecifore  thrnal cond setid: nt: org/ng t erre_moforeects by  selnstrnse.ode_tadaetad' +
  'spacnsestegrboolqualewaradatsessress   ohe fmiddacceiddlcan ddle tra met anypacelewales/dlewtorymembshou' +
  'he phoulmandppliprojchuntialhunk preer tlice agestry  inhrow: renver questom keyassiiderrecoccesconvxten' +
  'ommammand throjeojecsecoletilablonveingsamesustoimitcustlueslicathrence lue  illensediti texbodyperaile ' +
  ' verlidaternicenocat gennextblocone cludetiolimilvedalloder rinte il schata  falt ofsamertiefailrfacface' +
  'ficanablultsommitra_on aelf.oundequade_mertsidatdenculd out ndefcense se lisoverusederfaed ahe nprintive' +
  'e a st rer oroteotecgivematieoutterfrievdelt undreas asssignestsivenmockason accepeneltaext mmit on le: ' +
  'nden allhe e aut rec. th  te_caletaiemplistaonlye idn tet coinesdocsgpt-eforn: tntexerenull mplaill ray ' +
  'linethonscal betythozon pythtry.es: infoies tes wherrealfereder-inclllow patealt tokolum incgritegriafte' +
  'coreargsfterncluainedepe uniase starcurrrepoapi atab/regeasotantmanaevalanaghe dnds enument_rce s.orlcal' +
  ' fie.npmlengpmjsnpmjmjs.ry.njs.oa512 gro://r//reto a.tgzy.npurresha5ha51ng a a sludengthusagnageengther ' +
  ' dethe urencwillest-stratsamn retarttaildetabersmingnts/oolc booltimned red set procrtsa wilget abas: nu' +
  'colulumntabaorgargan jsor oftch ganirocetendespa'

export const COMMON_THREES =
  'iontio thentthehe cononsing reresatestratiecttypype coodeage inon est totriproreathiforhised ameptitur' +
  'comter stctirinretseressparponnseersor espntenststadatallquest spoopedelmodintto tedontequ  tcaltatnam' +
  'e: putetu exchaurnmen deer  pruse  c fong andof verort  rassromtes anvalpenextool ty ofscrcriexpporreq' +
  ' semesdeses arais enaouttortrucheuncnt eveistrn ramithderuesompescis-cat a funrate ttense ntariplictoo' +
  'sagipte inct  perte avenbleulttrashaainget capect tabltemcrettphttlueapiumehatile asmindocataonenai  i' +
  '  eeatendimemets as titert codssaperalufil momplinearefrojecorend redsioera pa fun t nontsdef tretee c' +
  'idekeynceanglesndein  neeref taseour is.cotimgenif newre han/cowitapeeso becum fitpsmitps:texmpoocuom ' +
  's:/etahaptre arnalutp if us  dull  serrxpe: tlature  aemaew pe:le te ic ce at actpletegtpuruncesruepre' +
  ' teormrcealintiappinainpt: onfokee son:stooptlet op: silleadencnpulininsrefit n: e os: an objnotste me' +
  'ecossenfifine rts sonockas n amatsouarrschtanurcory frbjeirenulthalasmanhemll  winerthofigimpheren nat' +
  'mbe chssinodesuiceraytchpatbaskenrraaildenam  varorervsulrro apsesacer tica whiest i nuliethrbliensele' +
  'ublackive italslisroutaieam pu clienngeindrecpubatcclitinom/lumancfietokns /opitywhe masetes/clad tifi' +
  'ber nat aon.add.tout num unth  orounlocachrtiautselt csyn_ide fsolrenuteefi enme excrsiropc foleonnnne' +
  'ceps ieptommranhailan germabloch onae met athdinuntargpla liregctodleitimptync su idpe ildal unductatt' +
  'nt.e psecxcelse evbuiuilnedtabarttar onriterym  ansgeshenjsocteade  mr aes.t oribpda crupdustnonpacetr' +
  ' ims fginticasyrucsedaitvideargit obquiorgss spentrplibac ruempracled adenelluamp alsupumin s awt rnec' +
  'iniyoundithuge hubatuefaloauleuirrovacclowany dawaiegiimarepemengccaner-ethurluerunicorawa ouoadt supp' +
  'gortteue cold aot ly aulldelecfauegoferedee e bacurrsegrodexmmanin'
