# The page of a measure.
web-measure-point = Point at a mark, touch it, or go with the arrows: its figures are told here.
web-measure-download = Download the answer
web-measure-form = { $form ->
    [csv] Table
    [svg] Vector picture
    [png] Picture
    [html] Page that opens without a network
   *[vega] Vega-Lite picture
}
web-param-auto = found by itself
