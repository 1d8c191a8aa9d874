/**
 * What shops call their pages, by language, as their addresses have it: lists for `{ }` of a pattern. Accents are folded, so
 * `über` is `uber`; where people write it out (`ueber`), both stand here.
 *
 * Left out on purpose: words that are something else elsewhere (`magazin` sells in Romania and is read in Germany).
 */
const WORDS = {
  cart:
    'cart,basket,bag,trolley,shopping-cart,shoppingcart,shopping-bag,shoppingbag,shopping-basket,view-cart,viewcart,my-cart,mycart,your-cart,' +
    'warenkorb,einkaufswagen,panier,mon-panier,carrito,carrito-de-compra,carrito-de-compras,mi-carrito,cesta,cesta-de-la-compra,carrello,carrinho,' +
    'carrinho-de-compras,winkelwagen,winkelmand,winkelmandje,koszyk,varukorg,varukorgen,kundvagn,handlekurv,handlevogn,kurv,indkobskurv,ostoskori,' +
    'ostukorv,kosik,nakupni-kosik,kosar,sepet,sepetim,alisveris-sepeti,cos,cos-de-cumparaturi,cosul-meu,kosarica,krepselis,grozs,korzina,koshyk,' +
    'корзина,кошик,количка,kalathi,καλαθι,gio-hang,keranjang,סל-קניות,السلة',
  /** Below a shop's folder a bag or a basket may be for sale. */
  cartInFolder:
    'cart,shopping-cart,warenkorb,einkaufswagen,panier,carrito,carrello,carrinho,winkelwagen,winkelmand,winkelmandje,koszyk,varukorg,handlekurv,' +
    'ostoskori,kosik,kosar,sepet',
  checkout:
    'checkout,check-out,secure-checkout,onepage-checkout,one-page-checkout,onestepcheckout,onestep-checkout,kasse,zur-kasse,bezahlen,commande,' +
    'commander,validation-commande,validation-de-commande,validation-de-la-commande,finaliser-commande,finaliser-ma-commande,finalizar-compra,' +
    'finalizar-la-compra,finalizar-pedido,finalizar-pago,tramitar-pedido,pago,pagamento,cassa,concludi-ordine,completa-ordine,finalizza-ordine,' +
    'finalizar-encomenda,finalizar,afrekenen,bestelling-afronden,kassa,kassan,till-kassan,zamowienie,kasa,finalizacja-zamowienia,til-kassen,utsjekk,betaling,' +
    'odeme,odeme-yap,siparis-tamamla,siparisi-tamamla,pokladna,objednavka,penztar,fizetes,finalizare-comanda,finalizeaza-comanda,blagajna,zakljucek-nakupa,' +
    'atsiskaitymas,apmaksa,noformet-pasutijumu,oformlenie-zakaza,оформление-заказа,оформлення-замовлення,ταμειο,thanh-toan',
  received:
    'order-received,bestellung-erhalten,bestellung-eingegangen,commande-recue,pedido-recibido,ordine-ricevuto,pedido-recebido,encomenda-recebida,' +
    'bestelling-ontvangen,zamowienie-otrzymane,order-mottagen,ordre-mottatt,ordre-modtaget,tilaus-vastaanotettu,siparis-alindi,objednavka-prijata,' +
    'rendeles-fogadva,comanda-primita,narudzba-primljena',
  product:
    'product,produkt,produit,producto,prodotto,produto,urun,tuote,termek,proizvod,izdelek,toode,produkts,prekes,produs,vare,товар,προιον,san-pham',
  category:
    'product-category,produkt-kategorie,produktkategorie,categorie-produit,categoria-producto,categoria-prodotto,categoria-produto,product-categorie,' +
    'productcategorie,kategoria-produktu,produktkategori,varekategori,tuote-osasto,tuoteosasto,kategorie-produktu,kategoria-produktov,termekkategoria,' +
    'categorie-produs,urun-kategori,urun-kategorisi,kategorija-proizvoda,tootekategooria,kategoriya-tovara,danh-muc-san-pham',
  tag: 'product-tag,produkt-schlagwort,etiquette-produit,etiqueta-producto,tag-prodotto,etiqueta-produto,produkt-tag,urun-etiketi,urun-etiket',
  shop: 'shop,store,webshop,onlineshop,online-shop,eshop,e-shop,boutique,tienda,negozio,loja,winkel,sklep,obchod,butik,butikk,kauppa,magaza,trgovina,tienda-online,boutique-en-ligne',
  order: 'order,commande,bestellung,pedido,ordine,encomenda,bestelling,zamowienie,objednavka,comanda,siparis,rendeles,narudzba',
  quickOrder:
    'quick-order,commande-rapide,schnellbestellung,pedido-rapido,ordine-veloce,encomenda-rapida,snelle-bestelling,szybkie-zamowienie,rychla-objednavka,hizli-siparis',
  confirmation:
    'order-confirmation,confirmation-commande,confirmation-de-commande,confirmacion-pedido,confirmacion-de-pedido,conferma-ordine,confirmacao-encomenda,' +
    'confirmacao-pedido,bestellbestatigung,bestellbestaetigung,auftragsbestatigung,auftragsbestaetigung,orderbevestiging,bevestiging-bestelling,' +
    'potwierdzenie-zamowienia,potvrzeni-objednavky,potvrdenie-objednavky,confirmare-comanda,siparis-onayi,orderbekraftelse,ordrebekreftelse,ordrebekraeftelse,tilausvahvistus',
  done:
    'thank-you,thank_you,thankyou,thanks,thank-you-for-your-order,success,complete,completed,confirmation,confirmed,order-confirmation,order-confirmed,' +
    'order-complete,order-completed,order-success,order-received,order-placed,orderplaced,orderconfirmation,finish,finished,receipt,danke,vielen-dank,' +
    'merci,gracias,grazie,obrigado,obrigada,bedankt,dziekujemy,tack,takk,tak,kiitos,tesekkurler,dekujeme,koszonjuk,multumim,done',
  search:
    'search,search-results,searchresults,search-result,recherche,resultats-recherche,suche,suchergebnisse,busqueda,buscar,resultados,ricerca,cerca,pesquisa,' +
    'busca,zoeken,zoekresultaten,szukaj,wyszukiwanie,hledani,hledat,vyhledavani,vyhladavanie,hladat,arama,ara,cautare,cauta,kereses,sok,sokresultat,sog,haku,etsi,poisk,поиск,пошук,αναζητηση,tim-kiem',
} as const;

/** Words for one kind of page, as alternatives. */
export const wordsFor = (kind: keyof typeof WORDS): string => `{${WORDS[kind]}}`;
